import { useTranslation } from 'react-i18next'
import type { Message } from '@/api/types'
import styles from './AnswerNote.module.css'

/** One line below an answer that did not simply end. */
export function AnswerNote({ message }: { message: Message }) {
  const { t } = useTranslation('chat')
  const { state, problem, finish_reason, text } = message
  if (state === 'failed')
    return (
      <div className={styles.failed} role="alert">
        <strong>{t('state.failed')}</strong>
        {problem?.title && <span>{problem.title}</span>}
      </div>
    )
  if (state === 'interrupted') return <p className={styles.note}>{t('state.interrupted')}</p>
  if (state === 'stopped') return <p className={styles.note}>{t('state.stopped')}</p>
  if (state === 'done' && finish_reason === 'length') return <p className={styles.note}>{t('state.length')}</p>
  if (state === 'done' && text === '') return <p className={styles.note}>{t('state.empty')}</p>
  return null
}
