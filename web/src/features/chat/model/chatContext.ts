import { createContext, useContext } from 'react'
import type { TurnStreams } from './turnStreams'

export const ChatContext = createContext<TurnStreams | null>(null)

export function useTurnStreams(): TurnStreams {
  const streams = useContext(ChatContext)
  if (!streams) throw new Error('ChatContext is missing')
  return streams
}
