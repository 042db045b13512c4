import type { ReactNode } from 'react'
import { Logo } from './Logo'
import styles from './FullPage.module.css'

/** A page with one thing to say. */
export function FullPage({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  return (
    <main className={styles.page}>
      <Logo size={44} />
      <h1>{title}</h1>
      {text && <p>{text}</p>}
      {children}
    </main>
  )
}
