import { ControlOutlined } from '@ant-design/icons'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConversationSettings } from '@/api/types'
import { IconButton } from '@/shared/ui/IconButton'
import { SidebarToggle } from '@/shared/ui/SidebarToggle'
import { ModelPicker } from './ModelPicker'
import styles from './ChatPage.module.css'

const SettingsDrawer = lazy(() => import('./SettingsDrawer'))

interface ChatHeaderProps {
  settings: ConversationSettings
  title: string | null
  onChange(change: ConversationSettings): void
}

export function ChatHeader({ settings, title, onChange }: ChatHeaderProps) {
  const { t } = useTranslation('chat')
  const [open, setOpen] = useState(false)
  const [opened, setOpened] = useState(false)
  return (
    <header className={styles.header}>
      <SidebarToggle />
      <ModelPicker value={settings.model} onPick={(model) => onChange({ model })} />
      <span className={styles.title} title={title ?? ''}>{title}</span>
      <IconButton
        label={t('parameters.open')}
        icon={<ControlOutlined />}
        onClick={() => {
          setOpened(true)
          setOpen(true)
        }}
      />
      {opened && (
        <Suspense>
          <SettingsDrawer open={open} settings={settings} onChange={onChange} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </header>
  )
}
