import type { Problem, TurnState, Usage } from './types'

export type Phase = 'waiting_for_model' | 'reading' | 'writing'

export type TurnEvent =
  | { event: 'delta'; id: string; text?: string; reasoning?: string }
  | { event: 'status'; id: string; phase: Phase; model?: string }
  | { event: 'reset'; id: string; text: string; reasoning: string }
  | { event: 'end'; id: string; state: Exclude<TurnState, 'running'>; finish_reason?: string; usage?: Usage; problem?: Problem }

const known = new Set(['delta', 'status', 'reset', 'end'])

/** null for what this page does not know: a newer server may say more. */
export function readTurnEvent(event: string, id: string, data: unknown): TurnEvent | null {
  if (!known.has(event) || typeof data !== 'object' || data === null) return null
  return { ...data, event, id } as TurnEvent
}

export interface Position {
  turn: string
  attempt: number
  seq: number
}

/** Reads `turn:attempt:seq`. */
export function readPosition(id: string): Position | null {
  const parts = /^(.+):(\d+):(\d+)$/.exec(id)
  return parts ? { turn: parts[1]!, attempt: Number(parts[2]), seq: Number(parts[3]) } : null
}

/** Where a follower stands in one turn. It takes each event once, in order, however often the line broke. */
export class TurnCursor {
  last: string | undefined

  constructor(last?: string) {
    this.last = last
  }

  /** False for an event that was seen already or belongs to an older attempt. */
  accept(id: string): boolean {
    const next = readPosition(id)
    const seen = this.last === undefined ? null : readPosition(this.last)
    if (next && seen && (next.attempt < seen.attempt || (next.attempt === seen.attempt && next.seq <= seen.seq))) return false
    this.last = id
    return true
  }
}
