import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useUpdateConversation } from '@/api/conversations'
import type { Conversation } from '@/api/types'
import { notify } from '@/shared/ui/Feedback'
import { useProblemText } from '@/shared/ui/useProblemText'
import styles from './RenameBox.module.css'

const title_max = 200

export function RenameBox({ conversation, onDone }: { conversation: Conversation; onDone(): void }) {
  const { t } = useTranslation('conversations')
  const problemText = useProblemText()
  const update = useUpdateConversation()
  const [title, setTitle] = useState(conversation.title ?? '')
  const save = () => {
    const next = title.trim()
    if (next !== '' && next !== conversation.title)
      update.mutate({ id: conversation.id, patch: { title: next } }, { onError: (error) => notify.error(problemText(error)) })
    onDone()
  }
  return (
    <input
      className={styles.box}
      value={title}
      maxLength={title_max}
      aria-label={t('item.title_label')}
      autoFocus
      onFocus={(event) => event.target.select()}
      onChange={(event) => setTitle(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Enter') save()
        if (event.key === 'Escape') {
          event.preventDefault()
          onDone()
        }
      }}
    />
  )
}
