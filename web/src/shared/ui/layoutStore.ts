import { create } from 'zustand'
import { localStore } from '../lib/storage'

const key = 'siyu.sidebar'

interface LayoutState {
  /** Beside the page on wide screens; kept. */
  sidebar: boolean
  /** Over the page on narrow ones. */
  drawer: boolean
  toggle(): void
  closeDrawer(): void
}

export const isNarrow = () => matchMedia('(max-width: 799px)').matches

export const useLayout = create<LayoutState>((set, get) => ({
  sidebar: localStore.read(key) !== 'closed',
  drawer: false,
  toggle() {
    if (isNarrow()) return set({ drawer: !get().drawer })
    localStore.write(key, get().sidebar ? 'closed' : null)
    set({ sidebar: !get().sidebar })
  },
  closeDrawer: () => set({ drawer: false }),
}))
