import { confirm } from '@/shared/ui/Feedback'
import { MoreOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import type { User } from '@/api/types'
import type { UserTask } from './UserDialog'
import type { UserChange } from './userRequests'

interface UserMenuProps {
  user: User
  own: boolean
  onTask(task: UserTask): void
  onChange(change: UserChange): void
}

export function UserMenu({ user, own, onTask, onChange }: UserMenuProps) {
  const { t } = useTranslation(['admin', 'common'])
  const { id, state } = user
  const name = user.display_name || user.name
  const disabled = state === 'disabled'
  const askDisable = () =>
    confirm({
      title: t('admin:users.disable_title', { name }),
      text: t('admin:users.disable_text'),
      okText: t('admin:users.disable'),
      danger: true,
      cancelText: t('common:action.cancel'),
      onOk: () => onChange({ kind: 'disabled', id, disabled: true }),
    })
  const actions: Record<string, () => void> = {
    edit: () => onTask({ kind: 'edit', user }),
    roles: () => onTask({ kind: 'roles', user }),
    password: () => onTask({ kind: 'password', user }),
    unlock: () => onChange({ kind: 'unlock', id }),
    disable: () => (disabled ? onChange({ kind: 'disabled', id, disabled: false }) : askDisable()),
  }
  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      menu={{
        onClick: ({ key }) => actions[key]?.(),
        items: [
          { key: 'edit', label: t('admin:users.edit') },
          { key: 'roles', label: t('admin:users.change_roles') },
          { key: 'password', label: t('admin:users.reset_password') },
          ...(state === 'locked' ? [{ key: 'unlock', label: t('admin:users.unlock') }] : []),
          ...(own ? [] : [{ type: 'divider' as const }, { key: 'disable', label: t(disabled ? 'admin:users.enable' : 'admin:users.disable'), danger: !disabled }]),
        ],
      }}
    >
      <Button type="text" icon={<MoreOutlined aria-hidden />} aria-label={t('admin:users.menu', { name })} />
    </Dropdown>
  )
}
