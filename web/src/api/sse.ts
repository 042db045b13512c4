export interface SseEvent {
  id: string
  event: string
  data: string
}

/**
 * Reads text/event-stream (WHATWG HTML, 9.2.6): push() takes bytes cut anywhere and returns the events that are whole.
 * Like the standard, an event without data is not delivered, and the id stays until another one comes.
 */
export class SseReader {
  private readonly decoder = new TextDecoder()
  private rest = ''
  private id = ''
  private event = ''
  private data: string[] = []

  push(bytes: Uint8Array): SseEvent[] {
    this.rest += this.decoder.decode(bytes, { stream: true })
    const events: SseEvent[] = []
    // A CR at the very end may be half of a CRLF: it waits for the next bytes.
    for (let end = /\r\n|\n|\r(?!$)/.exec(this.rest); end; end = /\r\n|\n|\r(?!$)/.exec(this.rest)) {
      const line = this.rest.slice(0, end.index)
      this.rest = this.rest.slice(end.index + end[0].length)
      if (line !== '') this.field(line)
      else if (this.data.length > 0) events.push(this.take())
      else this.event = ''
    }
    return events
  }

  private field(line: string) {
    const colon = line.indexOf(':')
    if (colon === 0) return
    const name = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (name === 'data') this.data.push(value)
    else if (name === 'event') this.event = value
    else if (name === 'id' && !value.includes('\0')) this.id = value
  }

  private take(): SseEvent {
    const whole = { id: this.id, event: this.event || 'message', data: this.data.join('\n') }
    this.data = []
    this.event = ''
    return whole
  }
}
