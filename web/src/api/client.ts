import createClient, { type Middleware } from 'openapi-fetch'
import { apiContext } from './context'
import { ApiProblem, isProblem, networkProblem } from './problem'
import type { paths } from './schema'

const safe_methods = new Set(['GET', 'HEAD', 'OPTIONS'])
/** A 401 here means a wrong password or token, not a lost session. */
const sign_in_paths = new Set(['/api/session', '/api/setup'])

const headers: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', apiContext.language)
    if (!safe_methods.has(request.method)) request.headers.set('X-CSRF-Token', apiContext.csrfToken)
    return request
  },
  onResponse({ request, response, schemaPath }) {
    if (response.status === 401 && !sign_in_paths.has(schemaPath)) apiContext.onSessionLost()
    // Another tab may have signed in anew: its token replaced ours.
    if (response.status === 403 && !safe_methods.has(request.method)) apiContext.onTokenRefused()
  },
  onError() {
    return networkProblem()
  },
}

export const client = createClient<paths>({ baseUrl: globalThis.location?.origin ?? '' })
client.use(headers)

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/** The body of a good answer; otherwise throws an ApiProblem. */
export async function unwrap<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await answer
  if (response.ok) return data as T
  throw new ApiProblem(isProblem(error) ? error : { code: 'unreadable', status: response.status })
}
