import type { ApiProblem } from '@/api/problem'
import { readPosition, type TurnEvent } from '@/api/turnEvents'
import type { TurnListener } from '@/api/events'
import { type LiveAnswer, useLive } from './liveStore'

/** Half the work of a flush per frame, and nobody sees the difference. */
export const flush_interval_ms = 50
/** Long enough for the list to show the stored message before the live one goes. */
const linger_ms = 1_000

export type TurnEnd = Extract<TurnEvent, { event: 'end' }>

export interface TurnStreamOptions {
  turnId: string
  answerId: string
  conversationId: string
  /** What stands in the message already, when its turn goes on (continue). */
  text?: string
  reasoning?: string
  onEnd(end: TurnEnd, text: string, reasoning: string): void
  onRefused(problem: ApiProblem): void
}

/**
 * Gathers the events of one turn and shows them every 50 ms. Timers, not frames: a hidden tab has no frames, and the buffer
 * keeps everything that arrives between two late timers.
 */
export class TurnStream implements TurnListener {
  private answer: LiveAnswer
  private timer: ReturnType<typeof setTimeout> | undefined
  private begun = false

  constructor(private readonly options: TurnStreamOptions) {
    this.answer = {
      turnId: options.turnId,
      conversationId: options.conversationId,
      text: options.text ?? '',
      reasoning: options.reasoning ?? '',
      phase: 'sent',
      startedAt: performance.now(),
    }
    this.show()
  }

  onEvent(event: TurnEvent) {
    this.begin(event)
    if (event.event === 'delta') this.append(event.text ?? '', event.reasoning ?? '')
    else if (event.event === 'reset') this.answer = { ...this.answer, text: event.text, reasoning: event.reasoning, phase: event.text ? 'writing' : this.answer.phase }
    else if (event.event === 'status') this.answer = { ...this.answer, phase: event.phase }
    else return this.end(event)
    this.timer ??= setTimeout(() => this.show(), flush_interval_ms)
  }

  onRefused(problem: ApiProblem) {
    this.show()
    this.options.onRefused(problem)
    this.dropLater()
  }

  /** The page leaves: what was gathered is shown no more; the server goes on. */
  leave() {
    clearTimeout(this.timer)
    useLive.getState().drop(this.options.answerId)
  }

  /** A first attempt is told from its beginning, so what the page knew of its text must not stand before it. */
  private begin(event: TurnEvent) {
    if (this.begun) return
    this.begun = true
    if (event.event !== 'end' && readPosition(event.id)?.attempt === 1) this.answer = { ...this.answer, text: '', reasoning: '' }
  }

  private append(text: string, reasoning: string) {
    const next = { ...this.answer, text: this.answer.text + text, reasoning: this.answer.reasoning + reasoning }
    if (reasoning) next.reasoningFrom ??= performance.now()
    if (text) {
      if (next.reasoningFrom !== undefined) next.reasoningTo ??= performance.now()
      next.phase = 'writing'
    }
    this.answer = next
  }

  private end(event: TurnEnd) {
    this.show()
    this.options.onEnd(event, this.answer.text, this.answer.reasoning)
    this.dropLater()
  }

  private show() {
    clearTimeout(this.timer)
    this.timer = undefined
    useLive.getState().put(this.options.answerId, this.answer)
  }

  private dropLater() {
    const shown = this.answer
    setTimeout(() => useLive.getState().drop(this.options.answerId, shown), linger_ms)
  }
}
