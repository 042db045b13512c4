import 'i18next'
import type { bundle } from './enUS'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: typeof bundle
  }
}
