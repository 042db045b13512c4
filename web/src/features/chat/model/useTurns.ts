import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { client, unwrap } from '@/api/client'
import { conversationKey, refreshConversations } from '@/api/conversations'
import type { ConversationSettings, Message } from '@/api/types'
import { useTurnStreams } from './chatContext'
import { addMessages, messagesKey, newMessage, noteMessage, removeMessage } from './messages'
import { useView } from './viewStore'

export interface Question {
  /** Made once per question, so that sending it again after a broken line is harmless. */
  id: string
  text: string
  parentId: string | null
  model: string | undefined
}

/** What a reader can ask of the turns of a conversation. Each throws ApiProblem. */
export function useTurns() {
  const queries = useQueryClient()
  const streams = useTurnStreams()
  return useMemo(() => {
    const begin = (conversationId: string, answer: Message) => {
      addMessages(queries, conversationId, [answer])
      useView.getState().select(conversationId, { [answer.parent_id ?? '']: answer.id })
      streams.follow({ turnId: answer.turn_id!, answerId: answer.id, conversationId })
      void refreshConversations(queries)
    }
    return {
      async create(settings: ConversationSettings): Promise<string> {
        const conversation = await unwrap(client.POST('/api/conversations', { body: settings }))
        queries.setQueryData(conversationKey(conversation.id), conversation)
        queries.setQueryData<Message[]>(messagesKey(conversation.id), [])
        return conversation.id
      },
      async ask(conversationId: string, question: Question) {
        const { id, text, parentId, model } = question
        const known = queries.getQueryData<Message[]>(messagesKey(conversationId))?.some((message) => message.id === id)
        addMessages(queries, conversationId, [newMessage({ id, parent_id: parentId, role: 'user', text })])
        useView.getState().select(conversationId, { [parentId ?? '']: id })
        try {
          const started = await unwrap(
            client.POST('/api/conversations/{id}/turns', {
              params: { path: { id: conversationId } },
              body: { prompt: text, message_id: id, parent_id: parentId, ...(model && { model }) },
            }),
          )
          begin(conversationId, newMessage({ id: started.answer_id, parent_id: id, role: 'assistant', state: 'running', turn_id: started.turn_id, ...(model && { model }) }))
        } catch (error) {
          if (!known) removeMessage(queries, conversationId, id)
          throw error
        }
      },
      async regenerate(conversationId: string, answer: Message, model: string | undefined) {
        const started = await unwrap(client.POST('/api/messages/{id}/regenerate', { params: { path: { id: answer.id } }, body: model ? { model } : {} }))
        begin(conversationId, newMessage({ id: started.answer_id, parent_id: started.message_id, role: 'assistant', state: 'running', turn_id: started.turn_id, ...(model && { model }) }))
      },
      async continue(conversationId: string, answer: Message) {
        const started = await unwrap(client.POST('/api/turns/{id}/continue', { params: { path: { id: answer.turn_id! } } }))
        // A model server that cannot go on in the same message writes a sibling.
        if (started.answer_id !== answer.id)
          return begin(conversationId, newMessage({ id: started.answer_id, parent_id: started.message_id, role: 'assistant', state: 'running', turn_id: started.turn_id }))
        noteMessage(queries, conversationId, answer.id, { state: 'running', turn_id: started.turn_id })
        streams.follow({ turnId: started.turn_id, answerId: answer.id, conversationId, text: answer.text, reasoning: answer.reasoning ?? '' })
      },
      stop: (turnId: string) => unwrap(client.POST('/api/turns/{id}/stop', { params: { path: { id: turnId } } })),
    }
  }, [queries, streams])
}
