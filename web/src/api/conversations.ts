import { type InfiniteData, type QueryClient, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client, unwrap } from './client'
import type { Conversation, ConversationPage, ConversationPatch } from './types'

const lists_key = ['conversations'] as const
export const conversationKey = (id: string) => ['conversation', id] as const

export const useConversations = (archived: boolean) =>
  useInfiniteQuery({
    queryKey: [...lists_key, { archived }],
    queryFn: ({ pageParam }) =>
      unwrap(client.GET('/api/conversations', { params: { query: { archived, limit: 50, ...(pageParam && { cursor: pageParam }) } } })),
    initialPageParam: '',
    getNextPageParam: (page: ConversationPage) => page.next_cursor,
  })

export const useConversation = (id: string | undefined) =>
  useQuery({
    queryKey: conversationKey(id ?? ''),
    queryFn: () => unwrap(client.GET('/api/conversations/{id}', { params: { path: { id: id ?? '' } } })),
    enabled: id !== undefined,
  })

/** Puts what is known of a conversation wherever it is shown, without asking the server. */
export function noteConversation(queries: QueryClient, id: string, change: Partial<Conversation>) {
  const apply = (item: Conversation) => (item.id === id ? { ...item, ...change } : item)
  queries.setQueryData<Conversation>(conversationKey(id), (old) => old && apply(old))
  queries.setQueriesData<InfiniteData<ConversationPage>>({ queryKey: lists_key }, (old) =>
    old && { ...old, pages: old.pages.map((page) => ({ ...page, items: page.items.map(apply) })) })
}

export const refreshConversations = (queries: QueryClient) => queries.invalidateQueries({ queryKey: lists_key })

export function useUpdateConversation() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ id, patch }: { id: string; patch: ConversationPatch }) =>
      unwrap(client.PATCH('/api/conversations/{id}', { params: { path: { id } }, body: patch })),
    onMutate: ({ id, patch }) => noteConversation(queries, id, patch),
    onSuccess: (conversation) => noteConversation(queries, conversation.id, conversation),
    onSettled: () => refreshConversations(queries),
  })
}

export function useDeleteConversation() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => unwrap(client.DELETE('/api/conversations/{id}', { params: { path: { id } } })),
    onSuccess: (_, id) => {
      queries.removeQueries({ queryKey: conversationKey(id) })
      queries.removeQueries({ queryKey: ['messages', id] })
      return refreshConversations(queries)
    },
  })
}
