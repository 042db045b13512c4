import { useEffect } from 'react'
import { useLocation } from 'react-router'
import type { Message } from '@/api/types'
import { selectionTo } from '../model/tree'
import { useView } from '../model/viewStore'

/** The message that a search hit names: its branch is chosen, so that the list can go there. */
export function useFound(conversationId: string | undefined, messages: readonly Message[]): string | undefined {
  const state: unknown = useLocation().state
  const wanted = typeof state === 'object' && state !== null && 'message' in state ? String(state.message) : undefined
  const found = messages.some((message) => message.id === wanted) ? wanted : undefined
  useEffect(() => {
    if (conversationId && found) useView.getState().select(conversationId, selectionTo(messages, found))
  }, [conversationId, found]) // oxlint-disable-line react/exhaustive-deps -- once: the reader may choose otherwise afterwards
  return found
}
