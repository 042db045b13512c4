import type { ReactNode } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Navigate, useLocation } from 'react-router'
import { useSession } from '@/api/session'
import { FullPage } from '@/shared/ui/FullPage'
import { useProblemText } from '@/shared/ui/useProblemText'
import { leaving } from './leaving'
import { Splash } from './Splash'

/** Lets the signed-in through; sends the others to sign in and back. */
export function RequireSession({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const session = useSession()
  const { pathname, search } = useLocation()
  const problemText = useProblemText()
  if (session.isPending) return <Splash />
  if (session.data) return children
  if (session.isError)
    return (
      <FullPage title={problemText(session.error)}>
        <Button type="primary" loading={session.isFetching} onClick={() => void session.refetch()}>{t('action.retry')}</Button>
      </FullPage>
    )
  if (leaving.why === 'signed_out') return <Navigate to="/sign-in" replace />
  const query = new URLSearchParams(pathname === '/' ? {} : { return: pathname + search })
  if (leaving.why === 'expired') query.set('expired', '')
  return <Navigate to={{ pathname: '/sign-in', search: query.toString() }} replace />
}
