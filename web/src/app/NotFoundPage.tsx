import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { usePageTitle } from '@/shared/lib/usePageTitle'
import { FullPage } from '@/shared/ui/FullPage'

export function NotFoundPage() {
  const { t } = useTranslation()
  usePageTitle(t('page.not_found_title'))
  return (
    <FullPage title={t('page.not_found_title')} text={t('page.not_found_text')}>
      <Link to="/">{t('action.back_home')}</Link>
    </FullPage>
  )
}
