import { useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { effectiveModel, useModels } from '@/api/models'
import { useSession } from '@/api/session'
import type { Message } from '@/api/types'
import { useHotkey } from '@/shared/lib/useHotkey'
import { copyText } from '@/shared/lib/copyText'
import { ProblemNote } from '@/shared/ui/ProblemNote'
import { notify } from '@/shared/ui/Feedback'
import { useMessages } from '../model/messages'
import { selectionTo, visiblePath } from '../model/tree'
import { useSelection, useView } from '../model/viewStore'
import { Announcer } from './Announcer'
import { ChatHeader } from './ChatHeader'
import { Composer, type ComposerHandle } from './Composer'
import { EmptyChat } from './EmptyChat'
import { LoadState } from './LoadState'
import { MessageList } from './MessageList'
import { ModelNotice } from './ModelNotice'
import { useAsk } from './useAsk'
import { useConversationSettings } from './useConversationSettings'
import { useFollowRunning } from './useFollowRunning'
import { useFound } from './useFound'
import { usePageTitle } from '@/shared/lib/usePageTitle'
import styles from './ChatPage.module.css'

const no_messages: Message[] = []

export function Conversation({ id }: { id: string | undefined }) {
  const { t } = useTranslation(['chat', 'common'])
  const composer = useRef<ComposerHandle>(null)
  const [editing, setEditing] = useState<string | null>(null)
  const user = useSession().data?.user
  const models = useModels().data
  const stored = useMessages(id)
  const messages = stored.data ?? no_messages
  const selection = useSelection(id ?? '')
  const path = useMemo(() => visiblePath(messages, selection), [messages, selection])
  const { settings, change, title } = useConversationSettings(id)
  const model = effectiveModel(models, settings.model)
  const { ask, attempt, turns, error, clearError, sent } = useAsk(id, model?.id)
  useFollowRunning(id, messages)
  const found = useFound(id, messages)
  usePageTitle(title ?? (id === undefined ? t('chat:untitled') : null))

  const last = path.at(-1)?.message
  const running = path.findLast(({ message }) => message.state === 'running')?.message
  const stop = useCallback(() => {
    if (running?.turn_id) turns.stop(running.turn_id).catch((problem: unknown) => attempt(() => Promise.reject(problem as Error)))
  }, [attempt, running?.turn_id, turns])
  const onShow = useCallback((shown: string) => id && useView.getState().select(id, selectionTo(messages, shown)), [id, messages])
  const onEdit = useCallback((message: Message | null) => setEditing(message?.id ?? null), [])
  const onRun = useCallback(
    (message: Message, text: string) => {
      setEditing(null)
      void ask(text, message.parent_id)
    },
    [ask],
  )
  const onRegenerate = useCallback((answer: Message) => void attempt(() => turns.regenerate(id!, answer, model?.id)), [attempt, id, model?.id, turns])
  const onContinue = useCallback((answer: Message) => void attempt(() => turns.continue(id!, answer)), [attempt, id, turns])
  const editLast = () => setEditing(path.findLast(({ message }) => message.role === 'user')?.message.id ?? null)

  useHotkey('escape', () => {
    if (!running || document.querySelector('[role=dialog],.ant-dropdown:not(.ant-dropdown-hidden)')) return false
    stop()
  })
  useHotkey('shift+escape', () => composer.current?.focus())
  useHotkey('mod+shift+c', () => {
    const answer = path.findLast(({ message }) => message.role === 'assistant')?.message
    if (!answer) return false
    void copyText(answer.text).then((done) => (done ? notify.success(t('common:action.copied')) : notify.warning(t('common:action.copy_failed'))))
  })

  const body =
    id === undefined || (stored.isSuccess && path.length === 0) ? (
      <EmptyChat name={user?.display_name || user?.name || ''} onPick={(text) => composer.current?.fill(text)} />
    ) : stored.isSuccess ? (
      <MessageList {...{ path, sent, found, editing, onEdit, onRun, onShow, onRegenerate, onContinue }} />
    ) : (
      <LoadState error={stored.error} onRetry={() => void stored.refetch()} />
    )
  return (
    <div className={styles.page}>
      <ChatHeader settings={settings} title={title} onChange={change} />
      {body}
      <Announcer state={last?.role === 'assistant' ? last.state : undefined} />
      {!stored.isError && (
        <div className={styles.foot}>
          {error !== null && <ProblemNote title={t('chat:composer.failed')} error={error} onClose={clearError} />}
          <ModelNotice models={models} current={model} />
          <Composer ref={composer} conversationId={id} modelName={model?.id} running={running !== undefined} onSend={(text) => ask(text, last?.id ?? null)} onStop={stop} onEditLast={editLast} />
          <p id="composer-note" className={styles.note}>{t('chat:composer.note')}</p>
        </div>
      )}
    </div>
  )
}
