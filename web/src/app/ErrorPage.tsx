import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useRouteError } from 'react-router'
import { FullPage } from '@/shared/ui/FullPage'
import styles from './ErrorPage.module.css'

/** A page threw. What it was working on is at the server; reloading is safe. */
export function ErrorPage() {
  const { t } = useTranslation()
  const error = useRouteError()
  return (
    <FullPage title={t('page.error_title')} text={t('page.error_text')}>
      <Button type="primary" onClick={() => location.reload()}>{t('action.reload')}</Button>
      <details className={styles.details}>
        <summary>{t('page.details')}</summary>
        <pre>{error instanceof Error ? `${error.name}: ${error.message}` : String(error)}</pre>
      </details>
    </FullPage>
  )
}
