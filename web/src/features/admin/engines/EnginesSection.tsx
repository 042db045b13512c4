import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client, unwrap } from '@/api/client'
import { EmptyState } from '@/shared/ui/EmptyState'
import { ProblemNote } from '@/shared/ui/ProblemNote'
import { Section } from '@/shared/ui/Section'
import { Skeleton } from '@/shared/ui/Skeleton'
import { EngineCard } from './EngineCard'
import styles from '../admin.module.css'

const refresh_interval_ms = 4_000

export default function EnginesSection() {
  const { t } = useTranslation('admin')
  const engines = useQuery({
    queryKey: ['admin', 'engines'],
    queryFn: async () => (await unwrap(client.GET('/api/admin/engines'))).items,
    refetchInterval: refresh_interval_ms,
  })
  return (
    <Section title={t('section.engines')} lead={t('engines.lead')}>
      {engines.isPending && <Skeleton lines={6} />}
      {engines.isError && <div className={styles.notes}><ProblemNote error={engines.error} onRetry={() => void engines.refetch()} /></div>}
      {engines.data?.length === 0 && <EmptyState title={t('engines.empty')} text={t('engines.empty_text')} />}
      {engines.data && engines.data.length > 0 && (
        <ul className={styles.engines}>{engines.data.map((engine) => <li key={engine.name} style={{ display: 'grid' }}><EngineCard engine={engine} /></li>)}</ul>
      )}
    </Section>
  )
}
