import { useTranslation } from 'react-i18next'
import { useStatus } from '@/api/session'
import { useConnection } from './connectionStore'
import styles from './Banners.module.css'

/** What concerns every page: the line to the server, and whether others can read it. */
export function Banners() {
  const { t } = useTranslation()
  const { broken, offline } = useConnection()
  const plain = useStatus().data?.plain_http
  return (
    <div role="status">
      {plain && <p className={styles.plain}>{t('banner.plain_http')}</p>}
      {(broken || offline) && <p className={styles.broken} data-testid="reconnecting">{t(offline ? 'banner.offline' : 'banner.reconnecting')}</p>}
    </div>
  )
}
