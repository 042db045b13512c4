import type { ComponentType } from 'react'
import { sessionStore } from '@/shared/lib/storage'

const key = 'siyu.reloaded'

/** A route's page. After an upgrade the old chunk is gone: the page reloads once; drafts are kept in storage. */
export const lazyPage = (load: () => Promise<{ default: ComponentType }>) => async () => {
  try {
    const { default: Component } = await load()
    sessionStore.write(key, null)
    return { Component }
  } catch (error) {
    if (sessionStore.read(key) !== null) throw error
    sessionStore.write(key, '1')
    location.reload()
    return { Component: () => null }
  }
}
