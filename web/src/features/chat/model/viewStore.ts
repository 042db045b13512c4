import { create } from 'zustand'
import type { ConversationSettings } from '@/api/types'
import { sessionStore } from '@/shared/lib/storage'
import type { Selection } from './tree'

const none: Selection = {}
const key = (conversationId: string) => `siyu.versions.${conversationId}`

interface ViewState {
  selections: Readonly<Record<string, Selection>>
  /** Settings of a conversation that does not exist yet. */
  fresh: ConversationSettings
  select(conversationId: string, change: Selection): void
  setFresh(change: ConversationSettings): void
}

/** What the reader has chosen to see, which is no business of the server. */
export const useView = create<ViewState>((set, get) => ({
  selections: {},
  fresh: {},
  select(conversationId, change) {
    const selection = { ...stored(conversationId, get().selections), ...change }
    sessionStore.write(key(conversationId), JSON.stringify(selection))
    set((state) => ({ selections: { ...state.selections, [conversationId]: selection } }))
  },
  setFresh: (change) => set((state) => ({ fresh: { ...state.fresh, ...change } })),
}))

const read = new Map<string, Selection>()

/** A reload keeps the versions that were shown. */
function stored(conversationId: string, selections: ViewState['selections']): Selection {
  const known = selections[conversationId] ?? read.get(conversationId)
  if (known) return known
  let selection = none
  try {
    selection = (JSON.parse(sessionStore.read(key(conversationId)) ?? 'null') as Selection | null) ?? none
  } catch {
    // Not ours, or cut off: as if nothing was chosen.
  }
  read.set(conversationId, selection)
  return selection
}

export const useSelection = (conversationId: string) => useView((state) => stored(conversationId, state.selections))
