import { addUser, id, now, record, state } from './state.mjs'
import { sessionOf } from './session.mjs'
import { followTurn, startTurn } from './turns.mjs'

class Refusal extends Error {
  constructor(status, code, title) {
    super(title)
    Object.assign(this, { status, code })
  }
}
const refuse = (status, code, title) => { throw new Refusal(status, code, title) }
const found = (value) => value ?? refuse(404, 'not_found', 'There is no such thing, or it is not yours.')
const all_roles = ['member', 'system_admin', 'security_admin', 'audit_admin']

function enter(user, request, response) {
  const session = { id: id(), user, csrf: id(), created_at: now(), last_seen_at: now(), expires_at: now() + 12 * 3600e6, client: 'Chrome 140 · Linux' }
  state.sessions.set(session.id, session)
  user.last_sign_in_at = now()
  record('session.create', user)
  response.setHeader('Set-Cookie', `siyu_session=${session.id}; HttpOnly; SameSite=Strict; Path=/`)
  return view(session)
}
const view = (session) => ({ user: session.user, csrf_token: session.csrf, permissions: [] })
const conversationOf = (at) => found(state.conversations.get(at))
const messageOf = (at) => found([...state.messages.values()].flat().find((message) => message.id === at))
const homeOf = (message) => state.conversations.get([...state.messages].find(([, list]) => list.includes(message))[0])
const page = (items, query) => {
  const start = Number(query.get('cursor') ?? 0)
  const limit = Number(query.get('limit') ?? 50)
  return { items: items.slice(start, start + limit), ...(items.length > start + limit && { next_cursor: String(start + limit) }) }
}

const routes = {
  'GET /api/status': () => ({ product: 'Siyu', version: '0.1.0', setup_needed: state.users.length === 0, plain_http: process.env.MOCK_PLAIN === '1' }),
  'POST /api/setup': ({ body, request, response }) => {
    if (body.token !== state.setupToken || state.users.length > 0) refuse(403, 'setup_token', 'This link has been used or has expired. Start the server again for a new one.')
    return [201, enter(addUser(body.name, body.password, all_roles), request, response)]
  },
  'POST /api/session': ({ body, request, response }) => {
    const user = state.users.find((one) => one.name === body.name)
    if (!user || state.passwords.get(user.id) !== body.password) {
      record('session.create', null, 'failure')
      refuse(401, 'bad_credentials', 'The user name or the password is wrong.')
    }
    return enter(user, request, response)
  },
  'GET /api/session': ({ session }) => view(session),
  'DELETE /api/session': ({ session }) => (state.sessions.delete(session.id), [204]),
  'GET /api/sessions': ({ session }) => ({ items: [...state.sessions.values()].filter((one) => one.user === session.user).map(({ user: _, csrf: __, ...one }) => ({ ...one, current: one.id === session.id })) }),
  'DELETE /api/sessions/:id': ({ at }) => (state.sessions.delete(at), [204]),
  'PATCH /api/profile': ({ body, session }) => Object.assign(session.user, body),
  'PUT /api/profile/password': ({ body, session }) => {
    if (state.passwords.get(session.user.id) !== body.current_password) refuse(403, 'bad_credentials', 'The current password is wrong.')
    state.passwords.set(session.user.id, body.new_password)
    return [204]
  },
  'GET /api/api-keys': () => ({ items: state.keys }),
  'POST /api/api-keys': ({ body }) => {
    const entry = { id: id(), name: body.name, prefix: 'sk-siyu-8fK2', created_at: now(), expires_at: now() + (body.expires_in_days ?? 365) * 86400e6, last_used_at: null, revoked_at: null }
    state.keys.unshift(entry)
    return [201, { key: `sk-siyu-8fK2${id().replaceAll('-', '')}`, entry }]
  },
  'DELETE /api/api-keys/:id': ({ at }) => (found(state.keys.find((key) => key.id === at)).revoked_at = now(), [204]),
  'GET /api/models': () => ({ items: state.models }),
  'GET /api/conversations': ({ query }) => page([...state.conversations.values()].filter((one) => one.archived === (query.get('archived') === 'true')).toSorted((a, b) => b.pinned - a.pinned || b.updated_at - a.updated_at), query),
  'POST /api/conversations': ({ body }) => {
    const one = { id: id(), title: null, pinned: false, archived: false, model: null, system_prompt: null, parameters: {}, created_at: now(), updated_at: now(), ...body }
    state.conversations.set(one.id, one)
    state.messages.set(one.id, [])
    return [201, one]
  },
  'GET /api/conversations/:id': ({ at }) => conversationOf(at),
  'PATCH /api/conversations/:id': ({ at, body }) => Object.assign(conversationOf(at), body),
  'DELETE /api/conversations/:id': ({ at }) => (state.conversations.delete(at), state.messages.delete(at), [204]),
  'GET /api/conversations/:id/messages': ({ at }) => (conversationOf(at), { items: state.messages.get(at) }),
  'POST /api/conversations/:id/turns': ({ at, body, session }) => {
    const list = found(state.messages.get(at))
    const known = [...state.turns.values()].find((turn) => turn.message_id === body.message_id)
    if (known) return [202, { turn_id: known.id, message_id: known.message_id, answer_id: known.answer_id }]
    const question = { id: body.message_id ?? id(), parent_id: body.parent_id === undefined ? (list.at(-1)?.id ?? null) : body.parent_id, role: 'user', text: body.prompt, state: 'done', created_at: now() }
    list.push(question)
    record('turn.start', session.user, 'success', `conversation ${at}`)
    return [202, startTurn(conversationOf(at), question, body.model)]
  },
  'POST /api/messages/:id/regenerate': ({ at, body }) => {
    const message = messageOf(at)
    return [202, startTurn(homeOf(message), message.role === 'user' ? message : messageOf(message.parent_id), body.model)]
  },
  'GET /api/turns/:id/events': ({ at, request, response }) => {
    const turn = found(state.turns.get(at))
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
    const end = followTurn(turn, request.headers['last-event-id'], ({ event, id: place, ...data }) => {
      response.write(`id: ${place}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
      if (event === 'end') response.end()
    })
    response.on('close', end)
    return null
  },
  'POST /api/turns/:id/stop': ({ at }) => (found(state.turns.get(at)).stop?.(), [202, {}]),
  'POST /api/turns/:id/continue': ({ at }) => {
    const turn = found(state.turns.get(at))
    return [202, startTurn(conversationOf(turn.conversation_id), messageOf(turn.message_id), undefined, messageOf(turn.answer_id), turn.attempt + 1)]
  },
  'GET /api/search': ({ query }) => {
    const wanted = query.get('q').toLowerCase()
    const hits = [...state.messages].flatMap(([home, list]) => list.filter((one) => one.text.toLowerCase().includes(wanted)).map((one) => {
      const place = one.text.toLowerCase().indexOf(wanted)
      return { conversation_id: home, message_id: one.id, title: state.conversations.get(home).title, snippet: one.text.slice(Math.max(0, place - 20), place + 60), created_at: one.created_at }
    }))
    return { items: hits.toReversed().slice(0, 20) }
  },
  'GET /api/admin/users': ({ query }) => page(state.users, query),
  'POST /api/admin/users': ({ body, session }) => {
    if (state.users.some((one) => one.name === body.name)) refuse(409, 'name_taken', 'There is a user of this name already.')
    record('user.create', session.user)
    return [201, addUser(body.name, body.password, ['member'], body.display_name)]
  },
  'PATCH /api/admin/users/:id': ({ at, body: { disabled, ...body } }) => Object.assign(found(state.users.find((one) => one.id === at)), body, disabled === undefined ? {} : { state: disabled ? 'disabled' : 'active' }),
  'PUT /api/admin/users/:id/roles': ({ at, body }) => Object.assign(found(state.users.find((one) => one.id === at)), body),
  'PUT /api/admin/users/:id/password': () => [204],
  'POST /api/admin/users/:id/unlock': ({ at }) => (Object.assign(found(state.users.find((one) => one.id === at)), { state: 'active' }), [204]),
  'GET /api/admin/engines': () => ({
    items: [
      { name: 'local', kind: 'engine', state: 'ready', models: ['qwen2.5-coder-1.5b-instruct', 'smollm2-135m-instruct'], base_url: 'http://127.0.0.1:41873', context_window: 32768, restarts: 0, since: now() - 3600e6, detail: null },
      { name: 'vllm', kind: 'upstream', state: 'loading', models: ['deepseek-r1-distill-14b'], base_url: 'http://10.20.0.7:8000/v1', context_window: 65536, restarts: 2, since: now() - 60e6, detail: 'The server answers 503: it is loading the model.' },
      { name: 'archive', kind: 'upstream', state: 'down', models: [], base_url: 'http://10.20.0.9:8000/v1', context_window: null, restarts: 0, since: now() - 86400e6, detail: 'Connection refused.' },
    ],
  }),
  'POST /api/admin/engines/:id/restart': () => [202, {}],
  'GET /api/admin/audit': ({ query }) => page(state.audit.filter((one) => one.action.includes(query.get('action') ?? '') && (!query.get('actor') || one.actor === query.get('actor'))), query),
  'POST /api/admin/audit/verification': () => ({ intact: true, events: state.audit.length, findings: [] }),
}

const open = new Set(['GET /api/status', 'POST /api/setup', 'POST /api/session'])

export async function api(request, response) {
  const url = new URL(request.url, 'http://mock')
  const parts = url.pathname.split('/')
  const at = parts.findIndex((part, place) => place > 2 && (/^[0-9a-f]{8}-/.test(part) || parts[place - 1] === 'engines'))
  const name = `${request.method} ${parts.map((part, place) => (place === at ? ':id' : part)).join('/')}`
  try {
    let text = ''
    for await (const piece of request) text += piece
    const session = sessionOf(request)
    if (!open.has(name) && !session) refuse(401, 'unauthenticated', 'Please sign in.')
    if (!open.has(name) && request.method !== 'GET' && request.headers['x-csrf-token'] !== session.csrf) refuse(403, 'csrf', 'The page is out of date. Reload it.')
    const route = routes[name] ?? refuse(404, 'not_found', `No route ${name}`)
    const answer = route({ at: decodeURIComponent(parts[at] ?? ''), body: text ? JSON.parse(text) : {}, query: url.searchParams, request, response, session })
    if (answer === null) return
    const [status, body] = Array.isArray(answer) ? answer : [200, answer]
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(body && JSON.stringify(body))
  } catch (error) {
    const status = error.status ?? 500
    response.writeHead(status, { 'Content-Type': 'application/problem+json' }).end(JSON.stringify({ type: `urn:siyu:problem:${error.code ?? 'internal'}`, title: error.message, status, code: error.code ?? 'internal', request_id: id() }))
  }
}
