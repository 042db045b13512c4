import { Link } from 'react-router'
import { useTranslation } from 'react-i18next'
import { toApiProblem } from '@/api/problem'
import { EmptyState } from '@/shared/ui/EmptyState'
import { ProblemNote } from '@/shared/ui/ProblemNote'
import { Skeleton } from '@/shared/ui/Skeleton'
import styles from './ChatPage.module.css'

/** In place of the messages: on their way, not there, or not to be had now. */
export function LoadState({ error, onRetry }: { error: unknown; onRetry(): void }) {
  const { t } = useTranslation(['chat', 'common'])
  const missing = error !== null && [400, 404].includes(toApiProblem(error).status)
  return (
    <div className={styles.load}>
      {error === null && <><Skeleton lines={1} /><Skeleton lines={6} /></>}
      {missing && <EmptyState title={t('chat:load.missing_title')} text={t('chat:load.missing_text')} action={<Link to="/">{t('common:action.back_home')}</Link>} />}
      {error !== null && !missing && <ProblemNote title={t('chat:load.failed')} error={error} onRetry={onRetry} />}
    </div>
  )
}
