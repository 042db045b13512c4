import { Logo } from '@/shared/ui/Logo'
import styles from './Splash.module.css'

/** Before the first page is there. */
export const Splash = () => (
  <div className={styles.splash}>
    <Logo size={56} />
  </div>
)
