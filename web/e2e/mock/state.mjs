import { randomUUID } from 'node:crypto'

export const now = () => Date.now() * 1000
export const id = () => {
  const hex = Date.now().toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${randomUUID().slice(15)}`
}

export const state = {
  setupToken: 'first-administrator',
  users: [],
  passwords: new Map(),
  sessions: new Map(),
  keys: [],
  conversations: new Map(),
  messages: new Map(),
  turns: new Map(),
  audit: [],
  models: [
    { id: 'qwen2.5-coder-1.5b-instruct', provider: 'local', state: 'ready', is_default: true, context_window: 32768, detail: null },
    { id: 'deepseek-r1-distill-14b', provider: 'vllm', state: 'loading', is_default: false, context_window: 65536, detail: null },
    { id: 'smollm2-135m-instruct', provider: 'local', state: 'down', is_default: false, context_window: 8192, detail: 'The engine stopped (exit status 1).' },
  ],
}

export function record(action, actor, outcome = 'success', object = null) {
  const hash = randomUUID().replaceAll('-', '') + randomUUID().replaceAll('-', '')
  state.audit.unshift({ chain: 'node-1', seq: state.audit.length + 1, at: now(), action, outcome, reason: outcome === 'success' ? null : 'bad_credentials', actor: actor?.id ?? 'system', actor_name: actor?.name ?? null, object, request_id: id(), hash })
}

export function addUser(name, password, roles, display_name = name) {
  const user = { id: id(), name, display_name, roles, state: 'active', locale: null, created_at: now(), last_sign_in_at: null }
  state.users.push(user)
  state.passwords.set(user.id, password)
  return user
}
