import { useTranslation } from 'react-i18next'
import type { TurnState } from '@/api/types'

const texts = { running: 'started', done: 'done', stopped: 'stopped', failed: 'failed', interrupted: 'failed' } as const

/** Tells screen readers where the answer stands, without reading every token aloud. */
export function Announcer({ state }: { state: TurnState | undefined }) {
  const { t } = useTranslation('chat')
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {state && t(`announce.${texts[state]}`)}
    </div>
  )
}
