import { useTranslation } from 'react-i18next'
import { client } from '@/api/client'
import { type Language, languages, setLanguage } from '@/shared/i18n/init'
import { theme_choices, useTheme } from '@/shared/theme/themeStore'
import { language_names } from '@/shared/ui/LanguageSwitch'
import { Section } from '@/shared/ui/Section'
import { ThemePicture } from './ThemePicture'
import styles from './settings.module.css'

export default function AppearanceSection() {
  const { t, i18n } = useTranslation(['settings', 'common'])
  const { choice, choose } = useTheme()
  const pickLanguage = async (language: Language) => {
    await setLanguage(language)
    // So that the server writes in this language too; the page does not depend on it.
    await client.PATCH('/api/profile', { body: { locale: language } }).catch(() => {})
  }
  return (
    <>
      <Section title={t('settings:appearance.theme')} lead={t('settings:appearance.theme_lead')}>
        <fieldset className={styles.choices} aria-label={t('settings:appearance.theme')}>
          {theme_choices.map((one) => (
            <label key={one} className={styles.choice}>
              <input type="radio" name="theme" checked={choice === one} onChange={() => choose(one)} />
              <ThemePicture choice={one} />
              {t(`common:theme.${one}`)}
            </label>
          ))}
        </fieldset>
      </Section>
      <Section title={t('settings:appearance.language')} lead={t('settings:appearance.language_lead')}>
        <fieldset className={styles.choices} aria-label={t('settings:appearance.language')}>
          {languages.map((language) => (
            <label key={language} className={styles.choice} lang={language}>
              <input type="radio" name="language" checked={i18n.language === language} onChange={() => void pickLanguage(language)} />
              {language_names[language]}
            </label>
          ))}
        </fieldset>
      </Section>
    </>
  )
}
