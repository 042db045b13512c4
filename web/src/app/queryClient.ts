import { QueryClient } from '@tanstack/react-query'
import { toApiProblem } from '@/api/problem'

const retries_max = 2

/** Tries again what may pass (no network, an overloaded server), never what was refused. */
const mayPass = (error: unknown) => {
  const { code, status } = toApiProblem(error)
  return code === 'network' || status >= 500
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 10_000, retry: (count, error) => mayPass(error) && count < retries_max, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
})
