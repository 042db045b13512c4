import { useTranslation } from 'react-i18next'
import { passwordStrength } from './passwordStrength'
import styles from './auth.module.css'

const names = ['short', 'fair', 'good', 'strong'] as const

export function PasswordStrength({ password }: { password: string }) {
  const { t } = useTranslation('auth')
  if (password === '') return <>{t('setup.password_rule')}</>
  const strength = passwordStrength(password)
  return (
    <div className={styles.strength} role="status">
      <div aria-hidden>
        <i style={{ width: `${(strength + 1) * 25}%` }} />
      </div>
      <span>{t('strength.label')}: {t(`strength.${names[strength]!}`)}</span>
    </div>
  )
}
