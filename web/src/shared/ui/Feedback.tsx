import { lazy, Suspense } from 'react'
import { create } from 'zustand'
import type { FeedbackHandle } from './FeedbackHost'

const FeedbackHost = lazy(() => import('./FeedbackHost'))

const useWanted = create(() => ({ wanted: false }))
let arrived: (handle: FeedbackHandle) => void
const handle = new Promise<FeedbackHandle>((resolve) => (arrived = resolve))

/** Messages and dialogs load with the first one that is shown: most pages are read without any. */
function host(): Promise<FeedbackHandle> {
  useWanted.setState({ wanted: true })
  return handle
}

/** Where messages and questions appear; once in the page, inside its theme. */
export function Feedback() {
  const wanted = useWanted((state) => state.wanted)
  return wanted && <Suspense><FeedbackHost onReady={arrived} /></Suspense>
}

/** Short messages at the top of the page. */
export const notify = {
  success: (text: string) => void host().then(({ message }) => message.success(text)),
  info: (text: string) => void host().then(({ message }) => message.info(text)),
  warning: (text: string) => void host().then(({ message }) => message.warning(text)),
  error: (text: string) => void host().then(({ message }) => message.error(text)),
}

interface Question {
  title: string
  text: string
  okText: string
  cancelText: string
  danger?: boolean
  /** The dialog waits for it. */
  onOk(): Promise<unknown> | void
}

/** A question before something that cannot be taken back; "cancel" has the focus. */
export const confirm = ({ text, danger = false, ...question }: Question) =>
  void host().then(({ modal }) => {
    modal.confirm({ ...question, content: text, okButtonProps: { danger }, autoFocusButton: 'cancel' })
  })
