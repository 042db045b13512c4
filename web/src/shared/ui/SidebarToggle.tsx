import { MenuOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { IconButton } from './IconButton'
import { useLayout } from './layoutStore'
import styles from './SidebarToggle.module.css'

/** Shown in a page's head when the sidebar is not beside it. */
export function SidebarToggle() {
  const { t } = useTranslation()
  const { sidebar, toggle } = useLayout()
  return <IconButton className={sidebar ? styles.narrow! : ''} label={t('nav.open_sidebar')} icon={<MenuOutlined />} onClick={toggle} />
}
