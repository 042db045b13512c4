import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { uuidv7 } from '@/shared/lib/uuidv7'
import { type Question, useTurns } from '../model/useTurns'
import { useView } from '../model/viewStore'

/** Sends questions. What failed keeps its ids, so that trying again can never ask twice. */
export function useAsk(conversationId: string | undefined, model: string | undefined) {
  const turns = useTurns()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const failed = useRef<Question | null>(null)
  const created = useRef<string | undefined>(undefined)
  const [error, setError] = useState<unknown>(null)
  const [sent, setSent] = useState(0)

  const attempt = useCallback(async (work: () => Promise<void>): Promise<boolean> => {
    setError(null)
    setSent((count) => count + 1)
    try {
      await work()
      return true
    } catch (problem) {
      setError(problem)
      return false
    }
  }, [])

  const ask = useCallback(
    (text: string, parentId: string | null) =>
      attempt(async () => {
        const again = failed.current?.text === text && failed.current.parentId === parentId
        const question = again ? { ...failed.current!, model } : { id: uuidv7(), text, parentId, model }
        failed.current = question
        const home = conversationId ?? (created.current ??= await turns.create(useView.getState().fresh))
        await turns.ask(home, question)
        failed.current = null
        if (conversationId !== undefined) return
        useView.setState({ fresh: {} })
        void queries.invalidateQueries({ queryKey: ['conversations'] })
        void navigate(`/c/${home}`)
      }),
    [attempt, conversationId, model, navigate, queries, turns],
  )
  return { ask, attempt, turns, error, clearError: useCallback(() => setError(null), []), sent }
}
