import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'

/** The name in the browser's tab. */
export function usePageTitle(title: string | null | undefined) {
  const { t } = useTranslation()
  const product = t('product')
  useEffect(() => {
    document.title = title ? `${title} · ${product}` : product
  }, [title, product])
}
