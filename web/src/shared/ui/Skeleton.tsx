import { useTranslation } from 'react-i18next'
import styles from './Skeleton.module.css'

/** Grey lines where text will be. */
export function Skeleton({ lines = 4 }: { lines?: number }) {
  const { t } = useTranslation()
  return (
    <div className={styles.skeleton} role="status" aria-label={t('state.loading')}>
      {Array.from({ length: lines }, (_, line) => (
        // oxlint-disable-next-line react/no-array-index-key
        <div key={line} style={{ width: `${[92, 78, 85, 60][line % 4]}%` }} />
      ))}
    </div>
  )
}
