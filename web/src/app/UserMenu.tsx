import { BulbOutlined, LogoutOutlined, SafetyCertificateOutlined, SettingOutlined, ThunderboltOutlined } from '@ant-design/icons'
import { Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useSession } from '@/api/session'
import { theme_choices, useTheme } from '@/shared/theme/themeStore'
import { Avatar } from '@/shared/ui/Avatar'
import { useSignOut } from './useSignOut'
import styles from './UserMenu.module.css'

export function UserMenu({ onHelp }: { onHelp(): void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const signOut = useSignOut()
  const { choice, choose } = useTheme()
  const user = useSession().data?.user
  if (!user) return null
  const administers = user.roles.some((role) => role !== 'member')
  const name = user.display_name || user.name
  const onClick = ({ key }: { key: string }) => {
    const theme = theme_choices.find((one) => one === key)
    if (theme) choose(theme)
    else if (key === 'help') onHelp()
    else if (key === 'out') void signOut()
    else void navigate(key)
  }
  return (
    <Dropdown
      trigger={['click']}
      placement="topLeft"
      menu={{
        onClick,
        selectedKeys: [choice],
        items: [
          { key: '/settings/profile', icon: <SettingOutlined aria-hidden />, label: t('nav.settings') },
          ...(administers ? [{ key: '/admin', icon: <SafetyCertificateOutlined aria-hidden />, label: t('nav.administration') }] : []),
          { key: 'theme', icon: <BulbOutlined aria-hidden />, label: t('nav.theme'), children: theme_choices.map((one) => ({ key: one, label: t(`theme.${one}`) })) },
          { key: 'help', icon: <ThunderboltOutlined aria-hidden />, label: t('nav.shortcuts') },
          { type: 'divider' },
          { key: 'out', icon: <LogoutOutlined aria-hidden />, label: t('action.sign_out') },
        ],
      }}
    >
      <button type="button" className={styles.user}>
        <span className="visually-hidden">{t('nav.account')}</span>
        <Avatar name={name} />
        <span className={styles.names}>
          <strong>{name}</strong>
          {name !== user.name && <small>{user.name}</small>}
        </span>
      </button>
    </Dropdown>
  )
}
