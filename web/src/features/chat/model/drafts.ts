import { localStore } from '@/shared/lib/storage'

const key = (conversationId: string | undefined) => `siyu.draft.${conversationId ?? 'new'}`

/** Unsent text by conversation. It outlives a reload, an expired session and a closed tab. */
export const readDraft = (conversationId: string | undefined) => localStore.read(key(conversationId)) ?? ''

export const writeDraft = (conversationId: string | undefined, text: string | null) =>
  localStore.write(key(conversationId), text || null)

export function forgetDrafts() {
  for (const name of localStore.names()) if (name.startsWith('siyu.draft.')) localStore.write(name, null)
}
