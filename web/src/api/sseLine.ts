import { apiContext } from './context'
import { ApiProblem, isProblem } from './problem'
import { SseReader } from './sse'

export interface LineEvent {
  id: string
  event: string
  data: unknown
}

/** Longer silence than any heartbeat: the line is dead although no one said so. */
const silence_max_ms = 60_000

/**
 * One connection to a turn's event stream. Resolves when the server closed it, rejects with ApiProblem when it refused,
 * with anything else when the line broke.
 */
export async function readSseLine(
  turnId: string,
  after: string | undefined,
  signal: AbortSignal,
  onOpen: () => void,
  onEvent: (event: LineEvent) => void,
): Promise<void> {
  const abort = new AbortController()
  const cancel = () => abort.abort()
  signal.addEventListener('abort', cancel)
  let watchdog = setTimeout(cancel, silence_max_ms)
  try {
    const response = await fetch(`/api/turns/${encodeURIComponent(turnId)}/events`, {
      headers: { Accept: 'text/event-stream', 'Accept-Language': apiContext.language, ...(after && { 'Last-Event-ID': after }) },
      signal: abort.signal,
      cache: 'no-store',
    })
    if (!response.ok) throw await refusal(response)
    onOpen()
    const lines = new SseReader()
    const reader = response.body!.getReader()
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      clearTimeout(watchdog)
      watchdog = setTimeout(cancel, silence_max_ms)
      for (const { id, event, data } of lines.push(part.value)) onEvent({ id, event, data: JSON.parse(data) })
    }
  } finally {
    clearTimeout(watchdog)
    signal.removeEventListener('abort', cancel)
    abort.abort()
  }
}

async function refusal(response: Response): Promise<Error> {
  if (response.status === 401) apiContext.onSessionLost()
  if (response.status >= 500 || response.status === 429) return new Error(`status ${response.status}`)
  const body: unknown = await response.json().catch(() => null)
  return new ApiProblem(isProblem(body) ? body : { status: response.status, code: 'unreadable' })
}
