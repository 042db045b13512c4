export type SocketFrame = Record<string, unknown>
/** unusable: it does not open here (a proxy forbids it, an older server); asked again later while SSE serves. */
export type SocketState = 'closed' | 'opening' | 'open' | 'reopening' | 'unusable'

const open_timeout_ms = 4_000
const reopen_attempts_max = 2
const reopen_pause_ms = 700
const unusable_pause_ms = 60_000

/** The tab's one WebSocket. Opens when somebody wants it, tries again when it breaks, and says in `state` whether it can be used. */
export class EventSocket {
  state: SocketState = 'closed'
  onFrame: (frame: SocketFrame) => void = () => {}
  onState: () => void = () => {}

  private socket: WebSocket | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private wanted = false
  private failures = 0

  want(wanted: boolean) {
    this.wanted = wanted
    if (wanted && this.state === 'closed') this.open('opening')
    if (!wanted) this.shut()
  }

  wake() {
    if (this.wanted && this.state !== 'open' && this.state !== 'opening') this.open(this.state)
  }

  send(frame: SocketFrame) {
    this.socket?.send(JSON.stringify(frame))
  }

  private open(state: SocketState) {
    this.detach()
    this.enter(state)
    let socket: WebSocket
    try {
      socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/events`)
    } catch {
      return this.failed()
    }
    this.socket = socket
    this.timer = setTimeout(() => this.failed(), open_timeout_ms)
    socket.onopen = () => {
      clearTimeout(this.timer)
      this.failures = 0
      this.enter('open')
    }
    socket.onmessage = ({ data }) => {
      if (typeof data === 'string') this.onFrame(JSON.parse(data) as SocketFrame)
    }
    socket.onclose = () => this.failed()
  }

  private failed() {
    const was_open = this.state === 'open'
    this.detach()
    this.failures += 1
    const unusable = this.state === 'unusable' || this.state === 'opening' || this.failures > reopen_attempts_max
    this.enter(unusable ? 'unusable' : 'reopening')
    const pause = unusable ? unusable_pause_ms : was_open ? 0 : reopen_pause_ms
    this.timer = setTimeout(() => this.open(this.state), pause)
  }

  private shut() {
    this.detach()
    this.enter('closed')
  }

  private detach() {
    clearTimeout(this.timer)
    if (!this.socket) return
    this.socket.onopen = this.socket.onmessage = this.socket.onclose = null
    this.socket.close()
    this.socket = null
  }

  private enter(state: SocketState) {
    if (this.state === state) return
    this.state = state
    this.onState()
  }
}
