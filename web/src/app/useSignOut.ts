import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useNavigate } from 'react-router'
import { client, unwrap } from '@/api/client'
import { leaveSession } from '@/api/session'
import { forgetDrafts } from '@/features/chat/model/drafts'
import { useNotify } from '@/shared/ui/useNotify'
import { useProblemText } from '@/shared/ui/useProblemText'
import { signingOut } from './RequireSession'
import { turnEvents } from './services'

/** Ends the session at the server, and leaves nothing of it in the browser. */
export function useSignOut() {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const notify = useNotify()
  const problemText = useProblemText()
  return useCallback(async () => {
    try {
      await unwrap(client.DELETE('/api/session'))
    } catch (error) {
      return void notify.error(problemText(error))
    }
    signingOut.now = true
    forgetDrafts()
    turnEvents.close()
    await navigate('/sign-in')
    leaveSession(queries)
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' && queryKey[0] !== 'status' })
    signingOut.now = false
  }, [navigate, notify, problemText, queries])
}
