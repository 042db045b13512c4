import { create } from 'zustand'

interface ConnectionState {
  /** A turn is followed and its line is broken. */
  broken: boolean
  offline: boolean
}

export const useConnection = create<ConnectionState>(() => ({ broken: false, offline: !navigator.onLine }))
