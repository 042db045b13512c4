import { useTranslation } from 'react-i18next'
import { Outlet } from 'react-router'
import { usePageTitle } from '@/shared/lib/usePageTitle'
import { PageFrame } from '@/shared/ui/PageFrame'

const sections = ['profile', 'security', 'keys', 'appearance'] as const

export default function SettingsPage() {
  const { t } = useTranslation('settings')
  usePageTitle(t('title'))
  return (
    <PageFrame title={t('title')} tabs={sections.map((name) => ({ to: `/settings/${name}`, label: t(`section.${name}`) }))}>
      <Outlet />
    </PageFrame>
  )
}
