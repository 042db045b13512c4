import { useTranslation } from 'react-i18next'
import { Navigate, Outlet, useLocation } from 'react-router'
import { useSession } from '@/api/session'
import type { Role } from '@/api/types'
import { usePageTitle } from '@/shared/lib/usePageTitle'
import { EmptyState } from '@/shared/ui/EmptyState'
import { PageFrame } from '@/shared/ui/PageFrame'

const sections: { name: 'users' | 'engines' | 'audit'; roles: Role[] }[] = [
  { name: 'users', roles: ['system_admin', 'security_admin'] },
  { name: 'engines', roles: ['system_admin'] },
  { name: 'audit', roles: ['audit_admin'] },
]

/** Shows the sections of the caller's roles. What may really be done is decided by the server. */
export default function AdminPage() {
  const { t } = useTranslation(['admin', 'common'])
  const { pathname } = useLocation()
  const roles = useSession().data?.user.roles ?? []
  const open = sections.filter((section) => section.roles.some((role) => roles.includes(role)))
  usePageTitle(t('admin:title'))
  const first = open[0]
  if (first && pathname.replace(/\/$/, '') === '/admin') return <Navigate to={`/admin/${first.name}`} replace />
  const allowed = open.some(({ name }) => pathname.startsWith(`/admin/${name}`))
  return (
    <PageFrame wide title={t('admin:title')} tabs={open.map(({ name }) => ({ to: `/admin/${name}`, label: t(`admin:section.${name}`) }))}>
      {allowed ? <Outlet /> : <EmptyState title={t('common:page.forbidden_title')} text={t('common:page.forbidden_text')} />}
    </PageFrame>
  )
}
