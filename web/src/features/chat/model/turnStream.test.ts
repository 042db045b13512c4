import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useLive } from './liveStore'
import { flush_interval_ms, TurnStream } from './turnStream'

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  useLive.setState({ answers: {} })
  vi.useRealTimers()
})

const start = (more = {}) => {
  const onEnd = vi.fn()
  const onRefused = vi.fn()
  return { stream: new TurnStream({ turnId: 't', answerId: 'a', conversationId: 'c', onEnd, onRefused, ...more }), onEnd, onRefused }
}
const live = () => useLive.getState().answers.a!
const delta = (seq: number, text: string, attempt = 1) => ({ event: 'delta' as const, id: `t:${attempt}:${seq}`, text })

test('many tokens make one change of the store', () => {
  const { stream } = start()
  const changes = vi.fn()
  const end = useLive.subscribe(changes)
  for (let seq = 1; seq <= 100; seq += 1) stream.onEvent(delta(seq, 'x'))
  expect(live().text).toBe('')
  vi.advanceTimersByTime(flush_interval_ms)
  expect(live().text).toBe('x'.repeat(100))
  expect(changes).toHaveBeenCalledTimes(1)
  end()
})

test('the end shows everything at once, and hands it over', () => {
  const { stream, onEnd } = start()
  stream.onEvent(delta(1, 'Par'))
  stream.onEvent(delta(2, 'is'))
  const end = { event: 'end' as const, id: 't:1:3', state: 'done' as const }
  stream.onEvent(end)
  expect(onEnd).toHaveBeenCalledWith(end, 'Paris', '')
  expect(live().text).toBe('Paris')
  vi.advanceTimersByTime(2_000)
  expect(useLive.getState().answers.a).toBeUndefined()
})

test('a reset replaces what stood there', () => {
  const { stream } = start()
  stream.onEvent(delta(1, 'old'))
  stream.onEvent({ event: 'reset', id: 't:2:1', text: 'new', reasoning: 'why' })
  stream.onEvent(delta(2, ' text', 2))
  vi.advanceTimersByTime(flush_interval_ms)
  expect(live()).toMatchObject({ text: 'new text', reasoning: 'why', phase: 'writing' })
})

test('a reload shows the stored text until the first event, and does not double it', () => {
  const { stream } = start({ text: 'Par' })
  expect(live().text).toBe('Par')
  stream.onEvent(delta(1, 'Par'))
  stream.onEvent(delta(2, 'is'))
  vi.advanceTimersByTime(flush_interval_ms)
  expect(live().text).toBe('Paris')
})

test('a later attempt goes on with the text that is there', () => {
  const { stream } = start({ text: 'Par' })
  stream.onEvent(delta(1, 'is', 2))
  vi.advanceTimersByTime(flush_interval_ms)
  expect(live().text).toBe('Paris')
})

test('reasoning is kept apart and timed', () => {
  const { stream } = start()
  stream.onEvent({ event: 'status', id: 't:1:1', phase: 'reading' })
  vi.advanceTimersByTime(flush_interval_ms)
  expect(live().phase).toBe('reading')
  stream.onEvent({ event: 'delta', id: 't:1:2', reasoning: 'hm' })
  vi.advanceTimersByTime(1_500)
  stream.onEvent(delta(3, 'so'))
  vi.advanceTimersByTime(flush_interval_ms)
  expect(live()).toMatchObject({ reasoning: 'hm', text: 'so' })
  expect(live().reasoningTo! - live().reasoningFrom!).toBeGreaterThanOrEqual(1_500)
})

test('the end of one attempt does not take away the next', () => {
  const { stream } = start()
  stream.onEvent({ event: 'end', id: 't:1:1', state: 'stopped' })
  start({ text: 'again' })
  vi.advanceTimersByTime(2_000)
  expect(live().text).toBe('again')
})

test('answers do not touch each other', () => {
  const { stream } = start()
  start({ answerId: 'b', turnId: 'u' })
  const other = useLive.getState().answers.b
  stream.onEvent(delta(1, 'x'))
  vi.advanceTimersByTime(flush_interval_ms)
  expect(useLive.getState().answers.b).toBe(other)
})
