import { NavLink } from 'react-router'
import styles from './TabLinks.module.css'

export interface TabLink {
  to: string
  label: string
}

export function TabLinks({ label, links }: { label: string; links: TabLink[] }) {
  return (
    <nav className={styles.tabs} aria-label={label}>
      {links.map(({ to, label: text }) => (
        <NavLink key={to} to={to} className={({ isActive }) => (isActive ? `${styles.tab} ${styles.active}` : styles.tab)}>
          {text}
        </NavLink>
      ))}
    </nav>
  )
}
