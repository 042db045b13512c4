import type { TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSession } from '@/api/session'
import type { User } from '@/api/types'
import { formatDate, formatDateTime } from '@/shared/lib/time'
import { notify } from '@/shared/ui/Feedback'
import { Avatar } from '@/shared/ui/Avatar'
import { Pill, type Tone } from '@/shared/ui/Pill'
import { useProblemText } from '@/shared/ui/useProblemText'
import type { UserTask } from './UserDialog'
import { UserMenu } from './UserMenu'
import { useChangeUser, type UserChange } from './userRequests'
import styles from '../admin.module.css'

const tones: Record<User['state'], Tone> = { active: 'good', locked: 'warning', disabled: 'danger' }

export function useUserColumns(onTask: (task: UserTask) => void): TableColumnsType<User> {
  const { t, i18n } = useTranslation('admin')
  const problemText = useProblemText()
  const own = useSession().data?.user.id
  const change = useChangeUser()
  const onChange = (what: UserChange) =>
    change.mutate(what, { onSuccess: () => notify.success(t('users.saved')), onError: (error) => notify.error(problemText(error)) })
  return [
    {
      title: t('users.name'),
      key: 'name',
      render: (_, { id, name, display_name }) => (
        <div className={styles.who}>
          <Avatar name={display_name || name} />
          <div>
            <strong>{display_name || name}</strong>
            <small>{[name, id === own && t('users.you')].filter(Boolean).join(' · ')}</small>
          </div>
        </div>
      ),
    },
    {
      title: t('users.roles'),
      key: 'roles',
      render: (_, { roles }) => (
        <div className={styles.pills}>
          {roles.map((role) => <Pill key={role} tone={role === 'member' ? 'plain' : 'accent'}>{t(`role.${role}`)}</Pill>)}
        </div>
      ),
    },
    { title: t('users.state'), key: 'state', render: (_, { state }) => <Pill tone={tones[state]}>{t(`users.${state}`)}</Pill> },
    { title: t('users.last_sign_in'), key: 'last', render: (_, user) => (user.last_sign_in_at ? formatDateTime(user.last_sign_in_at, i18n.language) : t('users.never')) },
    { title: t('users.created_at'), key: 'created', render: (_, user) => formatDate(user.created_at, i18n.language) },
    { key: 'menu', width: 56, align: 'end', fixed: 'end', render: (_, user) => <UserMenu user={user} own={user.id === own} onTask={onTask} onChange={onChange} /> },
  ]
}
