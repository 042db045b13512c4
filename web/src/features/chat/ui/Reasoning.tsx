import { RightOutlined } from '@ant-design/icons'
import { lazy, Suspense, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatSeconds } from '@/shared/lib/time'
import styles from './Reasoning.module.css'

const Markdown = lazy(() => import('@/shared/markdown/Markdown').then((module) => ({ default: module.Markdown })))

interface ReasoningProps {
  text: string
  active: boolean
  duration_ms: number | undefined
}

/** What the model thought before it answered, folded. */
export function Reasoning({ text, active, duration_ms }: ReasoningProps) {
  const { t, i18n } = useTranslation('chat')
  const [open, setOpen] = useState(false)
  const id = useId()
  const done = duration_ms === undefined ? t('reasoning.done_untimed') : t('reasoning.done', { seconds: formatSeconds(duration_ms, i18n.language) })
  return (
    <div className={styles.reasoning}>
      <button type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <RightOutlined aria-hidden className={open ? styles.turned : styles.arrow} />
        <span className={active ? styles.active : undefined}>{active ? t('reasoning.active') : done}</span>
      </button>
      <div id={id} className={styles.text} hidden={!open}>
        {open && (
          <Suspense fallback={text}>
            <Markdown text={text} live={active} />
          </Suspense>
        )}
      </div>
    </div>
  )
}
