import type { TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AuditEvent } from '@/api/types'
import { toDate } from '@/shared/lib/time'
import { Pill, type Tone } from '@/shared/ui/Pill'
import styles from '../admin.module.css'

const tones: Record<AuditEvent['outcome'], Tone> = { success: 'good', failure: 'danger', denied: 'warning' }

const shortId = (id: string) => (/^[0-9a-f]{8}-/.test(id) ? `…${id.slice(-8)}` : id)

export function useAuditColumns(): TableColumnsType<AuditEvent> {
  const { t, i18n } = useTranslation('admin')
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'short', timeStyle: 'medium' })
  return [
    { title: t('audit.time'), key: 'time', render: (_, { at }) => time.format(toDate(at)) },
    { title: t('audit.actor'), key: 'actor', render: (_, { actor, actor_name }) => actor_name ?? (actor === 'system' ? t('audit.system') : shortId(actor)) },
    { title: t('audit.action'), dataIndex: 'action', key: 'action' },
    { title: t('audit.outcome'), key: 'outcome', render: (_, { outcome }) => <Pill tone={tones[outcome]}>{t(`audit.${outcome}`)}</Pill> },
    { title: t('audit.object'), key: 'object', render: (_, { object }) => (object ? object.split(' ').map(shortId).join(' ') : '—') },
    { title: t('audit.place'), key: 'place', render: (_, { chain, seq }) => <span className={styles.hash}>{chain} #{seq}</span> },
  ]
}
