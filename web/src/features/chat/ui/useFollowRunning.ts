import { useEffect } from 'react'
import type { Message } from '@/api/types'
import { useTurnStreams } from '../model/chatContext'

/** Picks up every answer that is still being written: after a reload, on another device, on coming back. */
export function useFollowRunning(conversationId: string | undefined, messages: readonly Message[]) {
  const streams = useTurnStreams()
  useEffect(() => {
    if (conversationId === undefined) return
    for (const { id, state, turn_id, text, reasoning } of messages)
      if (state === 'running' && turn_id) streams.follow({ turnId: turn_id, answerId: id, conversationId, text, ...(reasoning && { reasoning }) })
  }, [conversationId, messages, streams])
  useEffect(() => () => streams.leave(conversationId ?? ''), [conversationId, streams])
}
