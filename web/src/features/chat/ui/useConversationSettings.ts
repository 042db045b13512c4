import { useCallback } from 'react'
import { useConversation, useUpdateConversation } from '@/api/conversations'
import type { ConversationSettings } from '@/api/types'
import { useProblemText } from '@/shared/ui/useProblemText'
import { notify } from '@/shared/ui/Feedback'
import { useView } from '../model/viewStore'

/** Model, system prompt and parameters: of the conversation, or of the one that the first question will make. */
export function useConversationSettings(conversationId: string | undefined) {
  const conversation = useConversation(conversationId).data
  const { mutate } = useUpdateConversation()
  const fresh = useView((state) => state.fresh)
  const setFresh = useView((state) => state.setFresh)
  const problemText = useProblemText()
  const change = useCallback(
    (patch: ConversationSettings) => {
      if (conversationId === undefined) setFresh(patch)
      else mutate({ id: conversationId, patch }, { onError: (error) => notify.error(problemText(error)) })
    },
    [conversationId, setFresh, mutate, problemText],
  )
  const settings: ConversationSettings = conversationId === undefined ? fresh : (conversation ?? {})
  return { settings, change, title: conversation?.title ?? null }
}
