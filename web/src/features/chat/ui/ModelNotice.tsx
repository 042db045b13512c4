import { useTranslation } from 'react-i18next'
import type { Model } from '@/api/types'
import styles from './ChatPage.module.css'

/** Says above the message box what stands between a question and its answer. */
export function ModelNotice({ models, current }: { models: Model[] | undefined; current: Model | undefined }) {
  const { t } = useTranslation('chat')
  if (models?.length === 0) return <p className={styles.notice}>{t('model.none')} · {t('model.none_hint')}</p>
  if (current?.state === 'loading') return <p className={styles.notice} role="status">{t('model.loading_long')}</p>
  if (current?.state === 'down') return <p className={styles.notice} role="status">{t('model.down_long')}</p>
  return null
}
