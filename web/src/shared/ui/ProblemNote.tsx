import { CloseOutlined, ExclamationCircleFilled } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '@/api/problem'
import { useProblemText } from './useProblemText'
import styles from './ProblemNote.module.css'

interface ProblemNoteProps {
  error: unknown
  title?: string
  onRetry?: () => void
  onClose?: () => void
}

/** What went wrong, in the server's own words, with a way on. */
export function ProblemNote({ error, title, onRetry, onClose }: ProblemNoteProps) {
  const { t } = useTranslation()
  const text = useProblemText()(error)
  const problem = error instanceof ApiProblem ? error : null
  return (
    <div className={styles.note} role="alert">
      <ExclamationCircleFilled aria-hidden />
      <div className={styles.text}>
        {title && <strong>{title}</strong>}
        <span>{text}</span>
        {problem?.retryAfterS !== undefined && <span>{t('problem.retry_after', { seconds: problem.retryAfterS })}</span>}
        {problem?.requestId && <small>{t('problem.request', { id: problem.requestId })}</small>}
      </div>
      {onRetry && <button type="button" className={styles.retry} onClick={onRetry}>{t('action.retry')}</button>}
      {onClose && (
        <button type="button" className={styles.close} aria-label={t('action.close')} onClick={onClose}>
          <CloseOutlined aria-hidden />
        </button>
      )}
    </div>
  )
}
