import { MoreOutlined, PushpinFilled } from '@ant-design/icons'
import { Dropdown } from 'antd'
import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import type { Conversation } from '@/api/types'
import { RenameBox } from './RenameBox'
import { useItemMenu } from './useItemMenu'
import styles from './ConversationItem.module.css'

interface ConversationItemProps {
  conversation: Conversation
  running: boolean
}

export const ConversationItem = memo(function ConversationItem({ conversation, running }: ConversationItemProps) {
  const { t } = useTranslation('conversations')
  const [renaming, setRenaming] = useState(false)
  const [open, setOpen] = useState(false)
  const title = conversation.title ?? t('untitled')
  const menu = useItemMenu(conversation, title, () => setRenaming(true))
  if (renaming) return <li><RenameBox conversation={conversation} onDone={() => setRenaming(false)} /></li>
  return (
    <li className={open ? `${styles.item} ${styles.open}` : styles.item}>
      <NavLink to={`/c/${conversation.id}`} className={({ isActive }) => (isActive ? `${styles.link} ${styles.active}` : styles.link)} title={title}>
        {conversation.pinned && <PushpinFilled aria-hidden className={styles.pin} />}
        <span className={styles.title}>{title}</span>
        {running && <span className={styles.running} role="img" aria-label={t('item.running')} />}
      </NavLink>
      <Dropdown trigger={['click']} menu={menu} open={open} onOpenChange={setOpen} placement="bottomRight">
        <button type="button" className={styles.more} aria-label={t('item.menu', { title })}>
          <MoreOutlined aria-hidden />
        </button>
      </Dropdown>
    </li>
  )
})
