import { Button, Table } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { User } from '@/api/types'
import { ProblemNote } from '@/shared/ui/ProblemNote'
import { Section } from '@/shared/ui/Section'
import { UserDialog, type UserTask } from './UserDialog'
import { useUserColumns } from './useUserColumns'
import { useUsers } from './userRequests'
import styles from '../admin.module.css'

export default function UsersSection() {
  const { t } = useTranslation(['admin', 'common'])
  const users = useUsers()
  const [task, setTask] = useState<UserTask | null>(null)
  const columns = useUserColumns(setTask)
  return (
    <Section title={t('admin:section.users')} lead={t('admin:users.lead')} action={<Button type="primary" onClick={() => setTask({ kind: 'create' })}>{t('admin:users.create')}</Button>}>
      {users.isError && <div className={styles.notes}><ProblemNote error={users.error} onRetry={() => void users.refetch()} /></div>}
      <div className={styles.scroll}>
        <Table<User>
          rowKey="id"
          columns={columns}
          dataSource={users.data?.pages.flatMap((page) => page.items) ?? []}
          loading={users.isPending}
          pagination={false}
          scroll={{ x: 'max-content' }}
          locale={{ emptyText: users.isPending ? ' ' : t('admin:users.empty') }}
        />
      </div>
      {users.hasNextPage && (
        <div className={styles.more}>
          <Button loading={users.isFetchingNextPage} onClick={() => void users.fetchNextPage()}>{t('common:action.load_more')}</Button>
        </div>
      )}
      <UserDialog task={task} onClose={() => setTask(null)} />
    </Section>
  )
}
