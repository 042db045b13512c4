import 'antd/dist/antd.css'
import './shared/theme/tokens.css'
import './shared/theme/base.css'
import i18next from 'i18next'
import { createRoot } from 'react-dom/client'
import { antdLocale } from './app/antdLocale'
import { AppShell } from './app/AppShell'
import { startServices } from './app/services'
import { initI18n } from './shared/i18n/init'

await initI18n()
startServices()
const firstLocale = await antdLocale(i18next.language)
createRoot(document.getElementById('root')!).render(<AppShell firstLocale={firstLocale} />)
