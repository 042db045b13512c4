import { EditOutlined, InboxOutlined, MenuFoldOutlined } from '@ant-design/icons'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { keyNames } from '@/shared/lib/useHotkey'
import { IconButton } from '@/shared/ui/IconButton'
import { Logo } from '@/shared/ui/Logo'
import { useLayout } from '@/shared/ui/layoutStore'
import { ConversationList } from './ConversationList'
import { SearchBox } from './SearchBox'
import { SearchResults } from './SearchResults'
import styles from './Sidebar.module.css'

interface SidebarProps {
  /** Which conversations are being answered. */
  running: ReadonlySet<string>
  footer: ReactNode
  onNew(): void
}

export function Sidebar({ running, footer, onNew }: SidebarProps) {
  const { t } = useTranslation(['conversations', 'common'])
  const toggle = useLayout((state) => state.toggle)
  const [query, setQuery] = useState('')
  const [archived, setArchived] = useState(false)
  return (
    <nav className={styles.sidebar} aria-label={t('conversations:title')}>
      <div className={styles.top}>
        <Link to="/" className={styles.brand}>
          <Logo size={26} />
          <span>{t('common:product')}</span>
        </Link>
        <IconButton label={t('common:nav.close_sidebar')} hint={keyNames('mod+shift+s').join('+')} icon={<MenuFoldOutlined />} onClick={toggle} />
      </div>
      <button type="button" className={styles.new} onClick={onNew}>
        <EditOutlined aria-hidden />
        {t('conversations:new')}
      </button>
      <SearchBox value={query} onChange={setQuery} />
      <div className={styles.list}>
        {query.trim() === '' ? <ConversationList archived={archived} running={running} /> : <SearchResults query={query.trim()} />}
      </div>
      {query === '' && (
        <button type="button" className={styles.archive} aria-pressed={archived} onClick={() => setArchived(!archived)}>
          <InboxOutlined aria-hidden />
          {t(archived ? 'conversations:back' : 'conversations:archived')}
        </button>
      )}
      {footer}
    </nav>
  )
}
