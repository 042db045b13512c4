import { useCallback } from 'react'
import { useConversation, useUpdateConversation } from '@/api/conversations'
import type { ConversationSettings } from '@/api/types'
import { useProblemText } from '@/shared/ui/useProblemText'
import { useNotify } from '@/shared/ui/useNotify'
import { useView } from '../model/viewStore'

/** Model, system prompt and parameters: of the conversation, or of the one that the first question will make. */
export function useConversationSettings(conversationId: string | undefined) {
  const conversation = useConversation(conversationId).data
  const { mutate } = useUpdateConversation()
  const fresh = useView((state) => state.fresh)
  const setFresh = useView((state) => state.setFresh)
  const notify = useNotify()
  const problemText = useProblemText()
  const change = useCallback(
    (patch: ConversationSettings) => {
      if (conversationId === undefined) setFresh(patch)
      else mutate({ id: conversationId, patch }, { onError: (error) => void notify.error(problemText(error)) })
    },
    [conversationId, setFresh, mutate, notify, problemText],
  )
  const settings: ConversationSettings = conversationId === undefined ? fresh : (conversation ?? {})
  return { settings, change, title: conversation?.title ?? null }
}
