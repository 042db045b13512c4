import { useTranslation } from 'react-i18next'
import { toApiProblem } from '@/api/problem'

/** The sentence for an error: the server's, which is localised already, or ours when there was no server. */
export function useProblemText() {
  const { t } = useTranslation()
  return (error: unknown): string => {
    const problem = toApiProblem(error)
    if (problem.code === 'network') return t('problem.network')
    if (problem.message) return problem.message
    return problem.code === 'unreadable' ? t('problem.unreadable', { status: problem.status }) : t('problem.unknown')
  }
}
