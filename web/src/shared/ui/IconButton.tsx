import type { ComponentProps, ReactNode } from 'react'
import styles from './IconButton.module.css'

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'type' | 'aria-label' | 'title' | 'children'> {
  label: string
  icon: ReactNode
  /** A key or two, shown with the name. */
  hint?: string
}

/** A quiet square button. Its name is the browser's own tooltip: several stand in every row, and antd's would cost each of them. */
export function IconButton({ label, icon, hint, className, ...rest }: IconButtonProps) {
  return (
    <button type="button" aria-label={label} title={hint ? `${label} (${hint})` : label} className={[styles.button, className].filter(Boolean).join(' ')} {...rest}>
      <span aria-hidden className={styles.icon}>{icon}</span>
    </button>
  )
}
