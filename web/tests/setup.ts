import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/react'
import { afterEach } from 'vitest'
import { initI18n, setLanguage } from '@/shared/i18n/init'

configure({ asyncUtilTimeout: 10_000 })
await initI18n()
await setLanguage('en-US')
afterEach(cleanup)
