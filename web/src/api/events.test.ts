import { afterEach, expect, test, vi } from 'vitest'
import { TurnEvents } from './events'
import { EventSocket } from './eventSocket'
import type { TurnEvent } from './turnEvents'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** A socket that the test opens, feeds and breaks. */
class ScriptedSocket extends EventSocket {
  readonly sent: unknown[] = []
  override want() {}
  override send(frame: Record<string, unknown>) {
    this.sent.push(frame)
  }
  become(state: EventSocket['state']) {
    this.state = state
    this.onState()
  }
}

const gather = () => {
  const events: TurnEvent[] = []
  const listener = { onEvent: (event: TurnEvent) => void events.push(event), onRefused: vi.fn() }
  return { events, listener, text: () => events.map((event) => (event.event === 'delta' ? event.text : `[${event.event}]`)).join('') }
}

const delta = (seq: number, text: string) => ({ event: 'delta', id: `t1:1:${seq}`, text })
const sse = (events: object[]) =>
  events.map(({ event, id, ...data }: { event?: string; id?: string }) => `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`).join('')

test('over the socket, a broken line resumes after the last event and repeats nothing', () => {
  const socket = new ScriptedSocket()
  const events = new TurnEvents(socket)
  const broken = vi.fn()
  events.onConnection = broken
  const { listener, text } = gather()
  socket.become('open')
  events.follow('t1', listener)
  socket.onFrame(delta(1, 'a'))
  socket.onFrame(delta(2, 'b'))
  socket.become('reopening')
  expect(broken).toHaveBeenLastCalledWith(true)
  socket.become('open')
  expect(socket.sent).toEqual([{ follow: 't1' }, { follow: 't1', after: 't1:1:2' }])
  expect(broken).toHaveBeenLastCalledWith(false)
  socket.onFrame(delta(2, 'b'))
  socket.onFrame(delta(3, 'c'))
  socket.onFrame({ event: 'end', id: 't1:1:4', state: 'done' })
  expect(text()).toBe('abc[end]')
  expect(events.isFollowing('t1')).toBe(false)
})

test('a socket that cannot be used hands over to SSE, at the same place', async () => {
  const socket = new ScriptedSocket()
  const events = new TurnEvents(socket)
  const { listener, text } = gather()
  const asked: (string | null)[] = []
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    asked.push(new Headers(init.headers).get('Last-Event-ID'))
    return new Response(sse([delta(2, 'b'), delta(3, 'c'), { event: 'end', id: 't1:1:4', state: 'done' }]))
  })
  socket.become('open')
  events.follow('t1', listener)
  socket.onFrame(delta(1, 'a'))
  socket.onFrame(delta(2, 'b'))
  socket.become('unusable')
  await vi.waitFor(() => expect(text()).toBe('abc[end]'))
  expect(asked).toEqual(['t1:1:2'])
})

test('an SSE line that breaks is taken up again where it broke', async () => {
  const socket = new ScriptedSocket()
  const events = new TurnEvents(socket)
  const { listener, text } = gather()
  const answers = [sse([delta(1, 'a'), delta(2, 'b')]), sse([delta(2, 'b'), delta(3, 'c'), { event: 'end', id: 't1:1:9', state: 'stopped' }])]
  const asked: (string | null)[] = []
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    asked.push(new Headers(init.headers).get('Last-Event-ID'))
    const answer = answers.shift()
    if (answer === undefined) throw new TypeError('network')
    return new Response(answer)
  })
  socket.become('unusable')
  events.follow('t1', listener)
  await vi.waitFor(() => expect(text()).toBe('abc[end]'), { timeout: 5_000 })
  expect(asked).toEqual([null, 't1:1:2'])
})

test('a refusal ends the following, and is told', async () => {
  const socket = new ScriptedSocket()
  const events = new TurnEvents(socket)
  const { listener } = gather()
  vi.stubGlobal('fetch', async () => Response.json({ type: 'urn:siyu:problem:not_found', title: 'Not there', status: 404, code: 'not_found' }, { status: 404 }))
  socket.become('unusable')
  events.follow('t1', listener)
  await vi.waitFor(() => expect(listener.onRefused).toHaveBeenCalledOnce())
  expect(listener.onRefused.mock.calls[0]![0]).toMatchObject({ code: 'not_found', message: 'Not there' })
  expect(events.isFollowing('t1')).toBe(false)
})

test('several turns share the socket, and each gets its own events', () => {
  const socket = new ScriptedSocket()
  const events = new TurnEvents(socket)
  const first = gather()
  const second = gather()
  socket.become('open')
  events.follow('t1', first.listener)
  events.follow('t2', second.listener)
  socket.onFrame(delta(1, 'a'))
  socket.onFrame({ event: 'delta', id: 't2:1:1', text: 'x' })
  expect([first.text(), second.text()]).toEqual(['a', 'x'])
})

test('a title is told with its conversation', () => {
  const socket = new ScriptedSocket()
  const events = new TurnEvents(socket)
  const onTitle = vi.fn()
  events.onTitle = onTitle
  socket.onFrame({ event: 'title', conversation_id: 'c1', title: '巴黎' })
  expect(onTitle).toHaveBeenCalledWith('c1', '巴黎')
})
