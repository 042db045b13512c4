import type { ReactNode } from 'react'
import { SidebarToggle } from './SidebarToggle'
import { TabLinks, type TabLink } from './TabLinks'
import styles from './PageFrame.module.css'

interface PageFrameProps {
  title: string
  tabs: TabLink[]
  wide?: boolean
  children: ReactNode
}

/** The frame of settings and administration: a title, the sections as tabs, and the section. */
export function PageFrame({ title, tabs, wide, children }: PageFrameProps) {
  return (
    <div className={styles.frame}>
      <header className={styles.head}>
        <SidebarToggle />
        <h1>{title}</h1>
      </header>
      <div className={styles.scroll}>
        <div className={wide ? styles.wide : styles.column}>
          <TabLinks label={title} links={tabs} />
          {children}
        </div>
      </div>
    </div>
  )
}
