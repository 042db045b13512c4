import { create } from 'zustand'
import type { Phase } from '@/api/turnEvents'

/** An answer that is being written. Only its own row subscribes to it, so a token costs one row. */
export interface LiveAnswer {
  turnId: string
  conversationId: string
  text: string
  reasoning: string
  phase: Phase | 'sent'
  /** performance.now() of the start, of the first reasoning and of its end; for the clock only. */
  startedAt: number
  reasoningFrom?: number
  reasoningTo?: number
}

interface LiveState {
  answers: Readonly<Record<string, LiveAnswer>>
  put(answerId: string, answer: LiveAnswer): void
  drop(answerId: string, answer?: LiveAnswer): void
}

export const useLive = create<LiveState>((set) => ({
  answers: {},
  put: (answerId, answer) => set((state) => ({ answers: { ...state.answers, [answerId]: answer } })),
  drop: (answerId, answer) =>
    set((state) => {
      // A later attempt at the same answer must not be dropped for an earlier one.
      if (answer && state.answers[answerId] !== answer) return state
      const { [answerId]: _, ...answers } = state.answers
      return { answers }
    }),
}))

export const useLiveAnswer = (answerId: string): LiveAnswer | undefined => useLive((state) => state.answers[answerId])
