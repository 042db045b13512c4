import { Button } from 'antd'
import { useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sendsMessage } from '../model/sendsMessage'
import styles from './QuestionEditor.module.css'

interface QuestionEditorProps {
  text: string
  onCancel(): void
  onRun(text: string): void
}

export function QuestionEditor({ text: first, onCancel, onRun }: QuestionEditorProps) {
  const { t } = useTranslation(['chat', 'common'])
  const [text, setText] = useState(first)
  const area = useRef<HTMLTextAreaElement>(null)
  useLayoutEffect(() => {
    area.current!.style.height = 'auto'
    area.current!.style.height = `${area.current!.scrollHeight}px`
  }, [text])
  const run = () => text.trim() !== '' && onRun(text)
  return (
    <div className={styles.editor}>
      <textarea
        ref={area}
        value={text}
        autoFocus
        onFocus={(event) => event.target.setSelectionRange(first.length, first.length)}
        aria-label={t('chat:message.edit_label')}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (sendsMessage(event)) {
            event.preventDefault()
            run()
          } else if (event.key === 'Escape' && !event.nativeEvent.isComposing) {
            event.preventDefault()
            onCancel()
          }
        }}
      />
      <div className={styles.bar}>
        <span>{t('chat:message.edit_hint')}</span>
        <Button onClick={onCancel}>{t('common:action.cancel')}</Button>
        <Button type="primary" disabled={text.trim() === ''} onClick={run}>{t('chat:message.save_run')}</Button>
      </div>
    </div>
  )
}
