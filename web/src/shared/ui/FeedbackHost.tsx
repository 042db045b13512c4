import { message as antdMessage, Modal } from 'antd'
import { useEffect } from 'react'

export interface FeedbackHandle {
  message: ReturnType<typeof antdMessage.useMessage>[0]
  modal: ReturnType<typeof Modal.useModal>[0]
}

/** Through hooks, so that what they show has the page's theme and language. */
export default function FeedbackHost({ onReady }: { onReady(handle: FeedbackHandle): void }) {
  const [message, messages] = antdMessage.useMessage({ maxCount: 3 })
  const [modal, questions] = Modal.useModal()
  useEffect(() => onReady({ message, modal }), [message, modal, onReady])
  return (
    <>
      {messages}
      {questions}
    </>
  )
}
