import { type QueryClient, useQuery } from '@tanstack/react-query'
import { client, unwrap } from './client'
import { apiContext } from './context'
import { ApiProblem } from './problem'
import type { Session } from './types'

export const session_key = ['session'] as const

async function readSession(): Promise<Session | null> {
  try {
    const session = await unwrap(client.GET('/api/session'))
    apiContext.csrfToken = session.csrf_token
    return session
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return null
    throw error
  }
}

/** null: nobody is signed in. */
export const useSession = () =>
  useQuery({ queryKey: session_key, queryFn: readSession, staleTime: Infinity, gcTime: Infinity })

export function enterSession(queries: QueryClient, session: Session) {
  apiContext.csrfToken = session.csrf_token
  queries.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' && query.queryKey[0] !== 'status' })
  queries.setQueryData(session_key, session)
}

export function leaveSession(queries: QueryClient) {
  apiContext.csrfToken = ''
  queries.setQueryData(session_key, null)
}

export const useStatus = () =>
  useQuery({ queryKey: ['status'], queryFn: () => unwrap(client.GET('/api/status')), staleTime: 60_000 })
