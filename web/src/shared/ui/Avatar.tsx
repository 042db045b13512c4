import styles from './Avatar.module.css'

/** The first character of the name (two of a Latin one), on our colour. */
export function Avatar({ name }: { name: string }) {
  const words = name.trim().split(/[\s._-]+/)
  const initials = /^[\p{Script=Latin}\d]/u.test(name) ? words.slice(0, 2).map((word) => [...word][0] ?? '').join('') : [...name.trim()].slice(-2).join('')
  return <span className={styles.avatar} aria-hidden>{initials.toUpperCase()}</span>
}
