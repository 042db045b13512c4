import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet, useLocation, useNavigate } from 'react-router'
import { useLive } from '@/features/chat/model/liveStore'
import { Sidebar } from '@/features/conversations/Sidebar'
import { useHotkey } from '@/shared/lib/useHotkey'
import { useLayout } from '@/shared/ui/layoutStore'
import { Banners } from './Banners'
import { RequireSession } from './RequireSession'
import { UserMenu } from './UserMenu'
import styles from './AppLayout.module.css'

const ShortcutsDialog = lazy(() => import('./ShortcutsDialog'))

/** The sidebar beside (or, on a phone, over) the page. */
function AppLayout() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const { sidebar, drawer, toggle, closeDrawer } = useLayout()
  const [help, setHelp] = useState(false)
  const running_key = useLive((state) => [...new Set(Object.values(state.answers).map((answer) => answer.conversationId))].join(' '))
  const running = useMemo(() => new Set(running_key.split(' ')), [running_key])
  const openNew = () => {
    closeDrawer()
    void navigate('/')
  }
  useEffect(closeDrawer, [pathname, closeDrawer])
  useHotkey('mod+shift+o', openNew)
  useHotkey('mod+shift+s', toggle)
  useHotkey('mod+/', () => setHelp(true))
  useHotkey('escape', () => (drawer ? closeDrawer() : false))
  return (
    <div className={styles.layout} data-sidebar={sidebar} data-drawer={drawer}>
      <a href="#main" className={styles.skip}>{t('nav.skip')}</a>
      <div className={styles.side}>
        <Sidebar running={running} onNew={openNew} footer={<UserMenu onHelp={() => setHelp(true)} />} />
      </div>
      {drawer && <button type="button" className={styles.veil} aria-label={t('nav.close_sidebar')} onClick={closeDrawer} />}
      <main id="main" className={styles.main} tabIndex={-1}>
        <Banners />
        <div className={styles.page}>
          <Outlet />
        </div>
      </main>
      <Suspense>{help && <ShortcutsDialog onClose={() => setHelp(false)} />}</Suspense>
    </div>
  )
}

export default function SignedInLayout() {
  return (
    <RequireSession>
      <AppLayout />
    </RequireSession>
  )
}
