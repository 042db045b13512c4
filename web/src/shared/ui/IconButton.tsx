import { Tooltip } from 'antd'
import type { ComponentProps, ReactNode } from 'react'
import styles from './IconButton.module.css'

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'type' | 'aria-label' | 'children'> {
  label: string
  icon: ReactNode
  /** A key or two, shown in the tooltip. */
  hint?: string
}

/** A quiet square button whose name is its tooltip. */
export function IconButton({ label, icon, hint, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip title={hint ? `${label} (${hint})` : label} mouseEnterDelay={0.4}>
      <button type="button" aria-label={label} className={[styles.button, className].filter(Boolean).join(' ')} {...rest}>
        <span aria-hidden className={styles.icon}>{icon}</span>
      </button>
    </Tooltip>
  )
}
