import { useTranslation } from 'react-i18next'
import type { Message } from '@/api/types'
import { formatNumber, formatSeconds } from '@/shared/lib/time'
import styles from './Row.module.css'

/** Which model wrote it, and what it cost; quiet, for those who look. */
export function UsageNote({ message }: { message: Message }) {
  const { t, i18n } = useTranslation('chat')
  const { model, usage, timings } = message
  const number = (value: number) => formatNumber(value, i18n.language)
  const writing_ms = timings?.total_ms !== undefined ? timings.total_ms - (timings.first_token_ms ?? 0) : 0
  const details = [
    usage && t('usage.tokens', { prompt: number(usage.prompt_tokens), completion: number(usage.completion_tokens) }),
    timings?.first_token_ms !== undefined && t('usage.first', { seconds: formatSeconds(timings.first_token_ms, i18n.language) }),
    usage && writing_ms > 0 && t('usage.speed', { speed: number(Math.round((usage.completion_tokens / writing_ms) * 1_000)) }),
  ].filter(Boolean)
  if (!model && details.length === 0) return null
  return (
    <span className={styles.usage} title={details.join(' · ')}>
      {model}
      <span className={styles.usageDetails}>{details.map((detail) => ` · ${String(detail)}`)}</span>
    </span>
  )
}
