import { useRef, type ReactNode } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Navigate, useLocation } from 'react-router'
import { useSession } from '@/api/session'
import { FullPage } from '@/shared/ui/FullPage'
import { useProblemText } from '@/shared/ui/useProblemText'
import { Splash } from './Splash'

/** Lets the signed-in through; sends the others to sign in and back. */
export function RequireSession({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const session = useSession()
  const { pathname, search } = useLocation()
  const problemText = useProblemText()
  const was_signed_in = useRef(false)
  if (session.data) was_signed_in.current = true
  if (session.isPending) return <Splash />
  if (session.data) return children
  if (session.isError)
    return (
      <FullPage title={problemText(session.error)}>
        <Button type="primary" loading={session.isFetching} onClick={() => void session.refetch()}>{t('action.retry')}</Button>
      </FullPage>
    )
  const query = new URLSearchParams(pathname === '/' ? {} : { return: pathname + search })
  if (was_signed_in.current && !signingOut.now) query.set('expired', '')
  return <Navigate to={`/sign-in?${query}`} replace />
}

/** Set by "sign out", so that leaving on purpose is not taken for an expired session. */
export const signingOut = { now: false }
