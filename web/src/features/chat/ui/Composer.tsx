import { ArrowUpOutlined } from '@ant-design/icons'
import { type KeyboardEvent, type Ref, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readDraft, writeDraft } from '../model/drafts'
import { sendsMessage } from '../model/sendsMessage'
import styles from './Composer.module.css'

export const characters_max = 1_000_000

export interface ComposerHandle {
  fill(text: string): void
  focus(): void
}

interface ComposerProps {
  conversationId: string | undefined
  modelName: string | undefined
  running: boolean
  /** False: it was not sent, and the text stays. */
  onSend(text: string): Promise<boolean>
  onStop(): void
  onEditLast(): void
  ref?: Ref<ComposerHandle>
}

/** Where the question is written. Keeps its text to itself, so that neither a token nor a list redraws it. */
export function Composer({ conversationId, modelName, running, onSend, onStop, onEditLast, ref }: ComposerProps) {
  const { t } = useTranslation('chat')
  const [text, setText] = useState(() => readDraft(conversationId))
  const [sending, setSending] = useState(false)
  const area = useRef<HTMLTextAreaElement>(null)
  const too_long = text.length > characters_max
  const ready = text.trim() !== '' && !too_long && !sending

  const change = (next: string) => {
    setText(next)
    writeDraft(conversationId, next)
  }
  useImperativeHandle(ref, () => ({
    fill(next) {
      change(next)
      area.current?.focus()
    },
    focus: () => area.current?.focus(),
  }))
  // Not `autoFocus`: the page may come late, when somebody types in the search already. On a phone it would open the keyboard.
  useLayoutEffect(() => {
    const types_elsewhere = document.activeElement?.matches('input, textarea') ?? false
    if (!types_elsewhere && !matchMedia('(pointer: coarse)').matches) area.current!.focus()
  }, [])
  useLayoutEffect(() => {
    const element = area.current!
    element.style.height = 'auto'
    element.style.height = `${element.scrollHeight}px`
  }, [text])

  const send = async () => {
    if (!ready) return
    setSending(true)
    setText('')
    const sent = await onSend(text)
    setSending(false)
    if (sent) writeDraft(conversationId, null)
    else setText((now) => (now === '' ? text : now))
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (sendsMessage(event)) {
      event.preventDefault()
      void send()
    } else if (event.key === 'ArrowUp' && text === '' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      onEditLast()
    }
  }
  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <textarea
        ref={area}
        rows={1}
        value={text}
        aria-label={t('composer.label')}
        aria-describedby="composer-note"
        placeholder={modelName ? t('composer.placeholder', { model: modelName }) : t('composer.placeholder_plain')}
        onChange={(event) => change(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className={styles.bar}>
        <span className={styles.hint}>{too_long ? t('composer.too_long', { max: characters_max, length: text.length }) : t('composer.hint')}</span>
        {running && (
          <button type="button" className={styles.stop} aria-label={t('composer.stop')} title={t('composer.stop')} onClick={onStop}>
            <span />
          </button>
        )}
        {(!running || text.trim() !== '') && (
          <button type="submit" className={styles.send} aria-label={t('composer.send')} title={t('composer.send')} disabled={!ready}>
            <ArrowUpOutlined aria-hidden />
          </button>
        )}
      </div>
    </form>
  )
}
