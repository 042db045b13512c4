import { addUser, id, now, record, state } from './state.mjs'

const day_us = 86400e6
const titles = ['法国的首都', '季度报表的 SQL 查询', 'Explain the retry policy', '会议纪要：数据分级', '把邮件译成英文', 'Kubernetes probes', '合同条款对比', '患者随访话术', 'Rust lifetimes', '年度预算说明', '培训大纲', 'Bash script for backups']

/** A lived-in installation, for screenshots. */
export function seed() {
  const all = ['member', 'system_admin', 'security_admin', 'audit_admin']
  const lin = addUser('lin', 'correct horse battery', all, '林晓')
  lin.last_sign_in_at = now()
  addUser('wang.fang', 'x', ['member'], '王芳').last_sign_in_at = now() - day_us
  addUser('zhao', 'x', ['member', 'audit_admin'], '赵敏').state = 'locked'
  addUser('j.smith', 'x', ['member'], 'John Smith').state = 'disabled'
  titles.forEach((title, index) => {
    const at = now() - index * index * 0.7 * day_us
    const one = { id: id(), title, pinned: index === 1, archived: false, model: null, system_prompt: null, parameters: {}, created_at: at, updated_at: at }
    const question = { id: id(), parent_id: null, role: 'user', text: `${title}？`, state: 'done', created_at: at }
    state.conversations.set(one.id, one)
    state.messages.set(one.id, [question, { id: id(), parent_id: question.id, role: 'assistant', text: `关于“${title}”：这是一个已保存的回答。`, state: 'done', turn_id: id(), model: state.models[0].id, created_at: at + 1 }])
  })
  state.keys.push({ id: id(), name: '报表脚本', prefix: 'sk-siyu-8fK2', created_at: now() - 20 * day_us, expires_at: now() + 345 * day_us, last_used_at: now() - day_us, revoked_at: null })
  state.keys.push({ id: id(), name: 'notebook', prefix: 'sk-siyu-Qm0x', created_at: now() - 90 * day_us, expires_at: now() + 10 * day_us, last_used_at: null, revoked_at: now() - 5 * day_us })
  for (const action of ['system.start', 'user.create', 'session.create', 'turn.start', 'apikey.create', 'session.create', 'turn.start', 'user.roles', 'engine.restart'])
    record(action, action.startsWith('system') ? null : lin, action === 'session.create' && state.audit.length > 4 ? 'failure' : 'success', action.startsWith('user') ? `user ${id()}` : null)
}
