import type { ReactNode } from 'react'
import styles from './Pill.module.css'

export type Tone = 'good' | 'warning' | 'danger' | 'plain' | 'accent'

/** A small state: a coloured dot and a word, so that colour is never alone. */
export function Pill({ tone, children }: { tone: Tone; children: ReactNode }) {
  return <span className={`${styles.pill} ${styles[tone]}`}>{children}</span>
}
