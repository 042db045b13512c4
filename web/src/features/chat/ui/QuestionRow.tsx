import { EditOutlined } from '@ant-design/icons'
import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '@/api/types'
import { CopyButton } from '@/shared/ui/CopyButton'
import { IconButton } from '@/shared/ui/IconButton'
import { QuestionEditor } from './QuestionEditor'
import { Versions, type VersionsProps } from './Versions'
import styles from './Row.module.css'

/** Longer questions (a pasted report) are folded. */
const folded_characters = 1_500

export interface QuestionActions {
  editing: boolean
  onEdit(message: Message | null): void
  onRun(message: Message, text: string): void
}

interface QuestionRowProps extends QuestionActions, VersionsProps {
  message: Message
}

export const QuestionRow = memo(function QuestionRow({ message, editing, onEdit, onRun, ...versions }: QuestionRowProps) {
  const { t } = useTranslation('chat')
  const [unfolded, setUnfolded] = useState(false)
  const long = message.text.length > folded_characters
  if (editing) return <QuestionEditor text={message.text} onCancel={() => onEdit(null)} onRun={(text) => onRun(message, text)} />
  return (
    <article className={styles.question} aria-label={t('message.you')} data-message={message.id}>
      <div className={styles.bubble} data-testid="question-text">
        {long && !unfolded ? `${message.text.slice(0, folded_characters)}…` : message.text}
        {long && (
          <button type="button" className={styles.fold} onClick={() => setUnfolded(!unfolded)}>
            {t(unfolded ? 'message.less_lines' : 'message.more_lines')}
          </button>
        )}
      </div>
      <div className={versions.count > 1 ? styles.actions : styles.quietActions} role="group" aria-label={t('message.actions')}>
        <CopyButton text={message.text} label={t('message.copy')} />
        <IconButton label={t('message.edit')} icon={<EditOutlined />} onClick={() => onEdit(message)} />
        <Versions {...versions} />
      </div>
    </article>
  )
})
