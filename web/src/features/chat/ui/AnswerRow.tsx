import { PlayCircleOutlined, ReloadOutlined } from '@ant-design/icons'
import { lazy, memo, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '@/api/types'
import { CopyButton } from '@/shared/ui/CopyButton'
import { IconButton } from '@/shared/ui/IconButton'
import { type LiveAnswer, useLiveAnswer } from '../model/liveStore'
import { AnswerNote } from './AnswerNote'
import { Phase } from './Phase'
import { Reasoning } from './Reasoning'
import { UsageNote } from './UsageNote'
import { Versions, type VersionsProps } from './Versions'
import styles from './Row.module.css'

const Markdown = lazy(() => import('@/shared/markdown/Markdown').then((module) => ({ default: module.Markdown })))

export interface AnswerActions {
  onRegenerate(answer: Message): void
  onContinue(answer: Message): void
}

interface AnswerRowProps extends AnswerActions, VersionsProps {
  message: Message
  last: boolean
}

const can_go_on = new Set(['stopped', 'interrupted', 'failed'])

function reasoningTime(message: Message, live: LiveAnswer | undefined): number | undefined {
  if (message.timings?.reasoning_ms !== undefined) return message.timings.reasoning_ms
  if (live?.reasoningFrom === undefined || live.reasoningTo === undefined) return undefined
  return live.reasoningTo - live.reasoningFrom
}

/** An answer: stored, or being written. Only this row redraws when text arrives. */
export const AnswerRow = memo(function AnswerRow({ message, last, onRegenerate, onContinue, ...versions }: AnswerRowProps) {
  const { t } = useTranslation('chat')
  const live = useLiveAnswer(message.id)
  const running = message.state === 'running'
  const { text, reasoning = '' } = running && live ? live : message
  const goes_on = can_go_on.has(message.state) || message.finish_reason === 'length'
  return (
    <article className={styles.answer} aria-label={t('message.assistant')} aria-busy={running} data-message={message.id} data-state={message.state}>
      {reasoning && <Reasoning text={reasoning} active={running && text === ''} duration_ms={reasoningTime(message, live)} />}
      {running && text === '' && reasoning === '' && <Phase phase={live?.phase ?? 'sent'} />}
      {text && (
        <div data-testid="answer-text">
          <Suspense fallback={<p className={styles.plain}>{text}</p>}>
            <Markdown text={text} live={running} />
          </Suspense>
        </div>
      )}
      <AnswerNote message={message} />
      {!running && (
        <div className={last ? styles.actions : styles.quietActions} role="group" aria-label={t('message.actions')}>
          <Versions {...versions} />
          {text && <CopyButton text={text} label={t('message.copy')} />}
          <IconButton label={t('message.regenerate')} icon={<ReloadOutlined />} onClick={() => onRegenerate(message)} />
          {goes_on && text && message.turn_id && (
            <button type="button" className={styles.continue} onClick={() => onContinue(message)}>
              <PlayCircleOutlined aria-hidden /> {t('message.continue')}
            </button>
          )}
          <UsageNote message={message} />
        </div>
      )}
      {running && versions.count > 1 && (
        <div className={styles.actions}>
          <Versions {...versions} />
        </div>
      )}
    </article>
  )
})
