import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useNavigate } from 'react-router'
import { client, unwrap } from '@/api/client'
import { leaveSession } from '@/api/session'
import { forgetDrafts } from '@/features/chat/model/drafts'
import { notify } from '@/shared/ui/Feedback'
import { useProblemText } from '@/shared/ui/useProblemText'
import { leaving } from './leaving'
import { turnEvents } from './services'

/** Ends the session at the server, and leaves nothing of it in the browser. */
export function useSignOut() {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const problemText = useProblemText()
  return useCallback(async () => {
    // From here on a refused request is no expired session.
    leaving.why = 'signed_out'
    try {
      await unwrap(client.DELETE('/api/session'))
    } catch (error) {
      leaving.why = null
      return notify.error(problemText(error))
    }
    forgetDrafts()
    turnEvents.close()
    leaveSession(queries)
    await navigate('/sign-in', { replace: true })
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' && queryKey[0] !== 'status' })
    leaving.why = null
  }, [navigate, problemText, queries])
}
