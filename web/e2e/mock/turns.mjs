import { answerTo } from './answers.mjs'
import { id, now, state } from './state.mjs'

const pace_ms = Number(process.env.MOCK_PACE_MS ?? 40)

/** Starts an answer. Its events stay in `log`, so that followers may come, go and come back. */
export function startTurn(conversation, question, model, answer, attempt = 1) {
  answer ??= { id: id(), parent_id: question.id, role: 'assistant', text: '', reasoning: '', created_at: now() }
  const turn = { id: answer.turn_id ?? id(), conversation_id: conversation.id, message_id: question.id, answer_id: answer.id, state: 'running', attempt, log: [], followers: new Set() }
  Object.assign(answer, { state: 'running', turn_id: turn.id, model: model ?? state.models[0].id, problem: undefined })
  if (attempt === 1) state.messages.get(conversation.id).push(answer)
  state.turns.set(turn.id, turn)
  conversation.updated_at = now()
  const started = Date.now()
  let seq = 0
  const emit = (event) => {
    seq += 1
    const whole = { ...event, id: `${turn.id}:${attempt}:${seq}` }
    turn.log.push(whole)
    for (const follower of turn.followers) follower(whole)
  }
  const finish = (stateName, more = {}) => {
    clearTimeout(turn.timer)
    turn.state = answer.state = stateName
    Object.assign(answer, more, { usage: { prompt_tokens: 24, completion_tokens: seq }, timings: { first_token_ms: 420, reasoning_ms: answer.reasoning ? 1300 : undefined, total_ms: Date.now() - started } })
    emit({ event: 'end', state: stateName, ...more, usage: answer.usage })
    if (!conversation.title) conversation.title = question.text.slice(0, 24)
  }
  turn.stop = () => turn.state === 'running' && finish('stopped')
  const script = attempt === 1 ? answerTo(question.text) : [{ text: ' …and so it goes on to its end.' }]
  if (attempt > 1) emit({ event: 'reset', text: answer.text, reasoning: answer.reasoning })
  emit({ event: 'status', phase: 'reading', model: answer.model })
  const step = (place) => {
    const part = script[place]
    if (!part) return finish('done', { finish_reason: 'stop' })
    if (part.problem) return finish('failed', { problem: part.problem })
    if (part.text) answer.text += part.text
    if (part.reasoning) answer.reasoning += part.reasoning
    emit({ event: 'delta', ...part })
    turn.timer = setTimeout(step, pace_ms, place + 1)
  }
  turn.timer = setTimeout(step, pace_ms * 10, 0)
  return { turn_id: turn.id, message_id: question.id, answer_id: answer.id }
}

/** Calls back with everything after the event `after`, then with what comes. Returns the function that ends it. */
export function followTurn(turn, after, deliver) {
  const seen = turn.log.findIndex((event) => event.id === after)
  for (const event of turn.log.slice(seen + 1)) deliver(event)
  turn.followers.add(deliver)
  return () => turn.followers.delete(deliver)
}
