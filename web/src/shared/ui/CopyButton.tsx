import { CheckOutlined, CopyOutlined } from '@ant-design/icons'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { copyText } from '../lib/copyText'
import { IconButton } from './IconButton'
import { notify } from './Feedback'

const shown_ms = 1_800

/** Copies, and says so on the button itself. */
export function CopyButton({ text, label, className }: { text: string; label: string; className?: string }) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), shown_ms)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = async () => {
    const done = await copyText(text)
    setCopied(done)
    if (!done) notify.warning(t('action.copy_failed'))
  }
  return (
    <IconButton
      label={copied ? t('action.copied') : label}
      icon={copied ? <CheckOutlined /> : <CopyOutlined />}
      onClick={() => void copy()}
      {...(className && { className })}
    />
  )
}
