import i18next from 'i18next'
import { apiContext } from '@/api/context'
import { TurnEvents } from '@/api/events'
import { leaveSession, session_key } from '@/api/session'
import { TurnStreams } from '@/features/chat/model/turnStreams'
import { useConnection } from './connectionStore'
import { leaving } from './leaving'
import { queryClient } from './queryClient'

/** The page's long-lived objects, joined here and nowhere else. */
export const turnEvents = new TurnEvents()
export const turnStreams = new TurnStreams(turnEvents, queryClient)

export function startServices() {
  turnEvents.onConnection = (broken) => {
    if (useConnection.getState().broken !== broken) useConnection.setState({ broken })
  }
  apiContext.language = i18next.language
  i18next.on('languageChanged', (language) => (apiContext.language = language))
  apiContext.onSessionLost = () => {
    leaving.why ??= 'expired'
    turnEvents.close()
    leaveSession(queryClient)
  }
  apiContext.onTokenRefused = () => void queryClient.invalidateQueries({ queryKey: session_key })
  addEventListener('online', () => {
    useConnection.setState({ offline: false })
    turnEvents.wake()
  })
  addEventListener('offline', () => useConnection.setState({ offline: true }))
  addEventListener('visibilitychange', () => document.visibilityState === 'visible' && turnEvents.wake())
}
