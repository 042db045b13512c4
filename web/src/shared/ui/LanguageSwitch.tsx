import { useTranslation } from 'react-i18next'
import { type Language, languages, setLanguage } from '../i18n/init'
import styles from './LanguageSwitch.module.css'

/** Each language by its own name, whatever the page's language is. */
export const language_names: Record<Language, string> = { 'zh-CN': '中文', 'en-US': 'English' }

export function LanguageSwitch() {
  const { i18n } = useTranslation()
  return (
    <div className={styles.switch}>
      {languages.map((language) => (
        <button key={language} type="button" lang={language} aria-pressed={i18n.language === language} onClick={() => void setLanguage(language)}>
          {language_names[language]}
        </button>
      ))}
    </div>
  )
}
