import { state } from './state.mjs'

export function sessionOf(request) {
  const token = /siyu_session=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1]
  return state.sessions.get(token)
}
