import { CheckCircleFilled } from '@ant-design/icons'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LanguageSwitch } from '@/shared/ui/LanguageSwitch'
import { Logo } from '@/shared/ui/Logo'
import styles from './AuthFrame.module.css'

const promises = ['own', 'sealed', 'audited'] as const

/** The page before anybody is signed in: who we are at one side, the form at the other. */
export function AuthFrame({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  const { t } = useTranslation(['auth', 'common'])
  return (
    <div className={styles.page}>
      <aside className={styles.side}>
        <div className={styles.brand}>
          <Logo size={40} />
          <span>{t('common:product')}</span>
        </div>
        <p className={styles.tagline}>{t('auth:tagline')}</p>
        <ul>
          {promises.map((name) => (
            <li key={name}>
              <CheckCircleFilled aria-hidden />
              {t(`auth:promise.${name}`)}
            </li>
          ))}
        </ul>
      </aside>
      <main className={styles.main}>
        <div className={styles.language}>
          <LanguageSwitch />
        </div>
        <div className={styles.form}>
          <div className={styles.mobileBrand}>
            <Logo size={44} />
          </div>
          <h1>{title}</h1>
          {lead && <p className={styles.lead}>{lead}</p>}
          {children}
        </div>
      </main>
    </div>
  )
}
