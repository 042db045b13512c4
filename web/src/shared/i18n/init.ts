import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { localStore } from '../lib/storage'
import { pseudo } from './pseudo'

export const languages = ['zh-CN', 'en-US'] as const
export type Language = (typeof languages)[number]

type Bundle = Record<string, Record<string, unknown>>
const language_key = 'siyu.language'

const loaders: Record<Language, () => Promise<{ bundle: Bundle }>> = {
  'zh-CN': () => import('./zhCN'),
  'en-US': () => import('./enUS'),
}

const asLanguage = (value: string | null | undefined): Language | undefined => languages.find((language) => language === value)

export const chosenLanguage = () => asLanguage(localStore.read(language_key))

function firstLanguage(): Language {
  return chosenLanguage() ?? (navigator.languages.some((name) => name.toLowerCase().startsWith('zh')) ? 'zh-CN' : 'en-US')
}

async function load(language: Language, change: (text: string) => string = (text) => text) {
  const { bundle } = await loaders[language]()
  for (const [namespace, texts] of Object.entries(bundle)) i18next.addResourceBundle(language, namespace, mapTexts(texts, change), true, true)
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change))
  return Object.fromEntries(Object.entries(value as object).map(([key, item]) => [key, mapTexts(item, change)]))
}

/** `?lng=pseudo` shows each translated text in brackets: what has none was forgotten. */
export async function initI18n() {
  const wanted = new URLSearchParams(location.search).get('lng')
  const is_pseudo = wanted === 'pseudo'
  const language = is_pseudo ? 'en-US' : (asLanguage(wanted) ?? firstLanguage())
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    ns: ['common'],
    defaultNS: 'common',
    resources: {},
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  await load(language, is_pseudo ? pseudo : undefined)
  showLanguage(language)
}

export async function setLanguage(language: Language) {
  localStore.write(language_key, language)
  await load(language)
  await i18next.changeLanguage(language)
  showLanguage(language)
}

function showLanguage(language: Language) {
  document.documentElement.lang = language
}
