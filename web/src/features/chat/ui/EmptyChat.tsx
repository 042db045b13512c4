import { useTranslation } from 'react-i18next'
import { Logo } from '@/shared/ui/Logo'
import styles from './EmptyChat.module.css'

interface Example {
  title: string
  text: string
}

function greeting(hour: number) {
  if (hour >= 5 && hour < 12) return 'empty.morning' as const
  return hour >= 12 && hour < 18 ? ('empty.afternoon' as const) : ('empty.evening' as const)
}

export function EmptyChat({ name, onPick }: { name: string; onPick(text: string): void }) {
  const { t } = useTranslation('chat')
  const examples = t('empty.examples', { returnObjects: true }) as Example[]
  return (
    <div className={styles.empty}>
      <Logo size={48} />
      <h1>{t(greeting(new Date().getHours()), { name })}</h1>
      <p>{t('empty.lead')}</p>
      <ul aria-label={t('empty.examples_label')}>
        {examples.map(({ title, text }) => (
          <li key={title}>
            <button type="button" onClick={() => onPick(text)}>
              <strong>{title}</strong>
              <span>{text.trim()}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
