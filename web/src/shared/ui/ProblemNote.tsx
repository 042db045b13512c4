import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '@/api/problem'
import { useProblemText } from './useProblemText'

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
  const more = [problem?.retryAfterS !== undefined && t('problem.retry_after', { seconds: problem.retryAfterS }), problem?.requestId && t('problem.request', { id: problem.requestId })].filter(Boolean)
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={title ?? text}
      description={[title && text, ...more].filter(Boolean).map((line) => <div key={String(line)}>{line}</div>)}
      action={onRetry && <Button size="small" onClick={onRetry}>{t('action.retry')}</Button>}
      closable={onClose ? { onClose, 'aria-label': t('action.close') } : false}
    />
  )
}
