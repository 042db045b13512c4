import { useEffect, useRef } from 'react'
import { NavLink, useLocation } from 'react-router'
import styles from './TabLinks.module.css'

export interface TabLink {
  to: string
  label: string
}

export function TabLinks({ label, links }: { label: string; links: TabLink[] }) {
  const nav = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  useEffect(() => {
    // On a phone the tabs are wider than the page.
    nav.current?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [pathname])
  return (
    <nav ref={nav} className={styles.tabs} aria-label={label}>
      {links.map(({ to, label: text }) => (
        <NavLink key={to} to={to} className={({ isActive }) => (isActive ? `${styles.tab} ${styles.active}` : styles.tab)}>
          {text}
        </NavLink>
      ))}
    </nav>
  )
}
