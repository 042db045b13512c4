import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Input, Table } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, unwrap } from '@/api/client'
import type { AuditEvent } from '@/api/types'
import { ProblemNote } from '@/shared/ui/ProblemNote'
import { Section } from '@/shared/ui/Section'
import { AuditDetails } from './AuditDetails'
import { useAuditColumns } from './useAuditColumns'
import { Verification } from './Verification'
import styles from '../admin.module.css'

interface Filter {
  action?: string
  actor?: string
}

const useAudit = (filter: Filter) =>
  useInfiniteQuery({
    queryKey: ['admin', 'audit', filter],
    queryFn: ({ pageParam }) => unwrap(client.GET('/api/admin/audit', { params: { query: { limit: 50, ...filter, ...(pageParam && { cursor: pageParam }) } } })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
  })

const expandable = { expandedRowRender: (event: AuditEvent) => <AuditDetails event={event} /> }

export default function AuditSection() {
  const { t } = useTranslation(['admin', 'common'])
  const [filter, setFilter] = useState<Filter>({})
  const events = useAudit(filter)
  const columns = useAuditColumns()
  const search = (name: keyof Filter) => (value: string) => setFilter(({ [name]: _, ...rest }) => (value.trim() ? { ...rest, [name]: value.trim() } : rest))
  return (
    <Section title={t('admin:section.audit')} lead={t('admin:audit.lead')}>
      <Verification />
      <div className={styles.filters}>
        {(['action', 'actor'] as const).map((name) => (
          <Input.Search key={name} allowClear maxLength={64} placeholder={t(`admin:audit.filter_${name}`)} aria-label={t(`admin:audit.filter_${name}`)} onSearch={search(name)} />
        ))}
      </div>
      {events.isError && <div className={styles.notes}><ProblemNote error={events.error} onRetry={() => void events.refetch()} /></div>}
      <div className={styles.scroll}>
        <Table<AuditEvent>
          rowKey={({ chain, seq }) => `${chain}/${seq}`}
          size="middle"
          columns={columns}
          dataSource={events.data?.pages.flatMap((page) => page.items) ?? []}
          loading={events.isPending}
          pagination={false}
          scroll={{ x: 'max-content' }}
          locale={{ emptyText: events.isPending ? ' ' : t('admin:audit.empty') }}
          expandable={expandable}
        />
      </div>
      {events.hasNextPage && (
        <div className={styles.more}>
          <Button loading={events.isFetchingNextPage} onClick={() => void events.fetchNextPage()}>{t('common:action.load_more')}</Button>
        </div>
      )}
    </Section>
  )
}
