import { type QueryClient, useQuery } from '@tanstack/react-query'
import { client, unwrap } from '@/api/client'
import { ApiProblem } from '@/api/problem'
import type { Message } from '@/api/types'

export const messagesKey = (conversationId: string) => ['messages', conversationId] as const

export const useMessages = (conversationId: string | undefined) =>
  useQuery({
    queryKey: messagesKey(conversationId ?? ''),
    queryFn: async (): Promise<Message[]> =>
      (await unwrap(client.GET('/api/conversations/{id}/messages', { params: { path: { id: conversationId ?? '' } } }))).items,
    enabled: conversationId !== undefined,
    retry: (count, error) => !(error instanceof ApiProblem && error.status >= 400 && error.status < 500) && count < 2,
  })

export function noteMessage(queries: QueryClient, conversationId: string, id: string, change: Partial<Message>) {
  queries.setQueryData<Message[]>(messagesKey(conversationId), (old) =>
    old?.map((message) => (message.id === id ? { ...message, ...change } : message)))
}

/** Adds messages that are not there yet. */
export function addMessages(queries: QueryClient, conversationId: string, added: Message[]) {
  queries.setQueryData<Message[]>(messagesKey(conversationId), (old = []) => [
    ...old,
    ...added.filter((message) => !old.some((known) => known.id === message.id)),
  ])
}

export function removeMessage(queries: QueryClient, conversationId: string, id: string) {
  queries.setQueryData<Message[]>(messagesKey(conversationId), (old) => old?.filter((message) => message.id !== id))
}

const us_per_ms = 1_000

export const newMessage = (fields: Pick<Message, 'id' | 'parent_id' | 'role'> & Partial<Message>): Message => ({
  text: '',
  state: 'done',
  created_at: Date.now() * us_per_ms,
  ...fields,
})
