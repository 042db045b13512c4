import type { QueryClient } from '@tanstack/react-query'
import { noteConversation, refreshConversations, conversationKey } from '@/api/conversations'
import type { TurnEvents } from '@/api/events'
import type { Conversation, Message } from '@/api/types'
import { messagesKey, noteMessage } from './messages'
import { TurnStream, type TurnEnd } from './turnStream'

const title_pauses_ms = [1_500, 4_000, 10_000, 25_000]

interface Running {
  stream: TurnStream
  conversationId: string
  unfollow: () => void
}

export interface FollowedTurn {
  turnId: string
  answerId: string
  conversationId: string
  text?: string
  reasoning?: string
}

/** The turns that this page follows. Joins the event line, the live answers and the stored messages; owned by the chat pages. */
export class TurnStreams {
  private readonly running = new Map<string, Running>()

  constructor(
    private readonly events: TurnEvents,
    private readonly queries: QueryClient,
  ) {
    events.onTitle = (conversationId, title) => noteConversation(queries, conversationId, { title })
  }

  /** Following twice is harmless. */
  follow(turn: FollowedTurn) {
    if (this.running.has(turn.turnId)) return
    const stream = new TurnStream({
      ...turn,
      onEnd: (end, text, reasoning) => this.ended(turn, end, text, reasoning),
      onRefused: () => {
        this.running.delete(turn.turnId)
        void this.queries.invalidateQueries({ queryKey: messagesKey(turn.conversationId) })
      },
    })
    this.running.set(turn.turnId, { stream, conversationId: turn.conversationId, unfollow: () => {} })
    const unfollow = this.events.follow(turn.turnId, stream)
    const entry = this.running.get(turn.turnId)
    if (entry) entry.unfollow = unfollow
  }

  /** The reader has left the conversation; its turns go on at the server and are picked up again on return. */
  leave(conversationId: string) {
    for (const [turnId, entry] of this.running) {
      if (entry.conversationId !== conversationId) continue
      entry.unfollow()
      entry.stream.leave()
      this.running.delete(turnId)
    }
  }

  private ended(turn: FollowedTurn, end: TurnEnd, text: string, reasoning: string) {
    const { queries } = this
    this.running.delete(turn.turnId)
    const change: Partial<Message> = { state: end.state, text, reasoning }
    if (end.finish_reason) change.finish_reason = end.finish_reason
    if (end.usage) change.usage = end.usage
    if (end.problem) change.problem = end.problem
    // A list that was asked for before the end would bring the running state back.
    void queries.cancelQueries({ queryKey: messagesKey(turn.conversationId) }).then(() => {
      noteMessage(queries, turn.conversationId, turn.answerId, change)
      return queries.invalidateQueries({ queryKey: messagesKey(turn.conversationId) })
    })
    void refreshConversations(queries)
    this.awaitTitle(turn.conversationId)
  }

  /** SSE does not tell titles: ask a few times while there is none. */
  private awaitTitle(conversationId: string, attempt = 0) {
    const pause = title_pauses_ms[attempt]
    const known = this.queries.getQueryData<Conversation>(conversationKey(conversationId))
    if (pause === undefined || known?.title) return
    setTimeout(() => {
      void this.queries.invalidateQueries({ queryKey: conversationKey(conversationId) }).then(() => {
        const title = this.queries.getQueryData<Conversation>(conversationKey(conversationId))?.title
        if (title) noteConversation(this.queries, conversationId, { title })
        else this.awaitTitle(conversationId, attempt + 1)
      })
    }, pause)
  }
}
