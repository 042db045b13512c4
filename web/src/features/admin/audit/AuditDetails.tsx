import { useTranslation } from 'react-i18next'
import type { AuditEvent } from '@/api/types'
import styles from '../admin.module.css'

/** The whole of a record, unabridged. */
export function AuditDetails({ event }: { event: AuditEvent }) {
  const { t } = useTranslation('admin')
  const facts: [string, string | null | undefined][] = [
    [t('audit.actor'), event.actor],
    [t('audit.object'), event.object],
    [t('audit.reason'), event.reason],
    [t('audit.request'), event.request_id],
    [t('audit.hash'), event.hash],
  ]
  return (
    <dl className={styles.details}>
      {facts.filter(([, value]) => value).map(([label, value]) => (
        <div key={label} style={{ display: 'contents' }}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
