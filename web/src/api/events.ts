import { EventSocket, type SocketFrame } from './eventSocket'
import { type ApiProblem, toApiProblem } from './problem'
import { readSseLine } from './sseLine'
import { readTurnEvent, TurnCursor, type TurnEvent } from './turnEvents'
import { sleep } from './sleep'

export interface TurnListener {
  onEvent(event: TurnEvent): void
  /** The server will not tell more of this turn: it is unknown, or not ours. */
  onRefused(problem: ApiProblem): void
}

interface Followed {
  turnId: string
  cursor: TurnCursor
  listener: TurnListener
  line: AbortController | null
  broken: boolean
}

const retry_first_ms = 500
const retry_max_ms = 8_000

/**
 * Follows turns, over one WebSocket per tab while it is open, else over one SSE line per turn. Both resume from the last event
 * seen, so a listener never notices a change between them. One instance per page, owned by app/.
 */
export class TurnEvents {
  onConnection: (broken: boolean) => void = () => {}
  onTitle: (conversationId: string, title: string) => void = () => {}

  private readonly followed = new Map<string, Followed>()
  private readonly socket: EventSocket

  constructor(socket = new EventSocket()) {
    this.socket = socket
    socket.onFrame = (frame) => this.onFrame(frame)
    socket.onState = () => this.route()
  }

  /** Returns the function that ends the following. A turn that is followed already keeps its first listener. */
  follow(turnId: string, listener: TurnListener): () => void {
    if (!this.followed.has(turnId)) {
      this.followed.set(turnId, { turnId, cursor: new TurnCursor(), listener, line: null, broken: false })
      this.socket.want(true)
      this.route(turnId)
    }
    return () => this.drop(turnId)
  }

  isFollowing = (turnId: string) => this.followed.has(turnId)

  /** The network is back, or the page is shown again: do not wait for the next attempt. */
  wake() {
    this.socket.wake()
  }

  close() {
    for (const turnId of this.followed.keys()) this.drop(turnId)
    this.socket.want(false)
  }

  private drop(turnId: string) {
    const entry = this.followed.get(turnId)
    if (!entry) return
    this.followed.delete(turnId)
    entry.line?.abort()
    if (this.socket.state === 'open') this.socket.send({ unfollow: turnId })
    this.report()
  }

  /** Sends every turn (or one) over the transport that works now. */
  private route(only?: string) {
    for (const entry of this.followed.values()) {
      if (only !== undefined && entry.turnId !== only) continue
      if (this.socket.state === 'open') this.overSocket(entry)
      else if (this.socket.state === 'unusable') void this.overSse(entry)
      else entry.broken = this.socket.state === 'reopening'
    }
    this.report()
  }

  private overSocket(entry: Followed) {
    entry.line?.abort()
    entry.line = null
    entry.broken = false
    this.socket.send({ follow: entry.turnId, ...(entry.cursor.last && { after: entry.cursor.last }) })
  }

  private async overSse(entry: Followed) {
    if (entry.line) return
    const line = new AbortController()
    entry.line = line
    const broken = (value: boolean) => {
      entry.broken = value
      this.report()
    }
    for (let pause = retry_first_ms; !line.signal.aborted; pause = Math.min(pause * 2, retry_max_ms)) {
      try {
        const onOpen = () => {
          pause = retry_first_ms
          broken(false)
        }
        await readSseLine(entry.turnId, entry.cursor.last, line.signal, onOpen, ({ event, id, data }) => {
          if (!line.signal.aborted) this.deliver(entry, event, id, data)
        })
      } catch (error) {
        if (line.signal.aborted) return
        const problem = toApiProblem(error)
        if (problem.status >= 400) return this.refuse(entry, problem)
      }
      if (line.signal.aborted) return
      broken(true)
      await sleep(pause, line.signal)
    }
  }

  private onFrame(frame: SocketFrame) {
    if (frame.event === 'title') return this.onTitle(String(frame.conversation_id), String(frame.title))
    if (frame.event === 'refused') {
      const entry = this.followed.get(String(frame.turn_id))
      if (entry) this.refuse(entry, toApiProblem(frame.problem))
      return
    }
    const { event, id, ...data } = frame
    const entry = this.followed.get(String(id).replace(/:\d+:\d+$/, ''))
    if (entry && typeof id === 'string') this.deliver(entry, String(event), id, data)
  }

  private deliver(entry: Followed, name: string, id: string, data: unknown) {
    const event = readTurnEvent(name, id, data)
    if (!event || !entry.cursor.accept(id)) return
    if (event.event === 'end') this.finish(entry)
    entry.listener.onEvent(event)
  }

  private refuse(entry: Followed, problem: ApiProblem) {
    this.finish(entry)
    entry.listener.onRefused(problem)
  }

  private finish(entry: Followed) {
    this.followed.delete(entry.turnId)
    entry.line?.abort()
    this.report()
  }

  private report() {
    this.onConnection([...this.followed.values()].some((entry) => entry.broken))
  }
}
