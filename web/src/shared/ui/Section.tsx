import type { ReactNode } from 'react'
import styles from './Section.module.css'

/** One subject on a page: heading, a sentence, its action at the right, and the contents. */
export function Section({ title, lead, action, children }: { title?: string; lead?: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <div className={styles.head}>
        <div>
          {title && <h2>{title}</h2>}
          {lead && <p>{lead}</p>}
        </div>
        {action}
      </div>
      {children}
    </section>
  )
}
