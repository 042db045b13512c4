import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LiveAnswer } from '../model/liveStore'
import styles from './Phase.module.css'

const long_reading_ms = 8_000

/** What the turn is doing while there is no text yet. */
export function Phase({ phase }: { phase: LiveAnswer['phase'] }) {
  const { t } = useTranslation('chat')
  const [long, setLong] = useState(false)
  useEffect(() => {
    setLong(false)
    const timer = setTimeout(() => setLong(true), long_reading_ms)
    return () => clearTimeout(timer)
  }, [phase])
  return (
    <div className={styles.phase}>
      <span className={styles.dots} aria-hidden>
        <i />
        <i />
        <i />
      </span>
      {t(phase === 'reading' && long ? 'phase.reading_long' : `phase.${phase}`)}
    </div>
  )
}
