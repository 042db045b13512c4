import { ArrowDownOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { VList } from 'virtua'
import type { Message } from '@/api/types'
import { neighbour, type PathEntry } from '../model/tree'
import { AnswerRow, type AnswerActions } from './AnswerRow'
import { QuestionRow } from './QuestionRow'
import { useStickToEnd } from './useStickToEnd'
import styles from './MessageList.module.css'
import row from './Row.module.css'

interface MessageListProps extends AnswerActions {
  path: PathEntry[]
  /** Changes when the reader has sent something: the list goes to its end. */
  sent: number
  /** The message that a search has found. */
  found: string | undefined
  editing: string | null
  onEdit(message: Message | null): void
  onRun(message: Message, text: string): void
  onShow(id: string): void
}

/** The visible path of the tree, windowed: a thousand messages cost what a screenful costs. */
export function MessageList({ path, sent, found, editing, onEdit, onRun, onShow, ...answer }: MessageListProps) {
  const { t } = useTranslation('chat')
  const [away, setAway] = useState(false)
  const { list, lastRow, onScroll, toEnd } = useStickToEnd(path.length, sent, path.findIndex(({ message }) => message.id === found), setAway)
  const editing_at = path.findIndex(({ message }) => message.id === editing)
  return (
    <div className={styles.frame}>
      <VList ref={list} className={styles.list} onScroll={onScroll} tabIndex={0} role="region" aria-label={t('conversation')} {...(editing_at >= 0 && { keepMounted: [editing_at] })}>
        {path.map((entry, index) => {
          const { message, siblings } = entry
          const last = index === path.length - 1
          const versions = { index: siblings.indexOf(message.id), count: siblings.length, previous: neighbour(entry, -1), next: neighbour(entry, 1), onShow }
          return (
            <div key={message.id} ref={last ? lastRow : null} className={index === 0 ? `${row.row} ${row.first}` : row.row}>
              {message.role === 'user' ? (
                <QuestionRow message={message} editing={message.id === editing} onEdit={onEdit} onRun={onRun} {...versions} />
              ) : (
                <AnswerRow message={message} last={last} {...answer} {...versions} />
              )}
            </div>
          )
        })}
        <div key="end" className={row.end} />
      </VList>
      {away && (
        <button type="button" className={styles.toEnd} aria-label={t('scroll.to_end')} title={t('scroll.to_end')} onClick={toEnd}>
          <ArrowDownOutlined aria-hidden />
        </button>
      )}
    </div>
  )
}
