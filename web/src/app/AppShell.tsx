import { QueryClientProvider } from '@tanstack/react-query'
import { ConfigProvider } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { RouterProvider } from 'react-router'
import { ChatContext } from '@/features/chat/model/chatContext'
import { darkTheme, lightTheme } from '@/shared/theme/antdTheme'
import { useTheme } from '@/shared/theme/themeStore'
import { Feedback } from '@/shared/ui/Feedback'
import { antdLocale, type AntdLocale } from './antdLocale'
import { queryClient } from './queryClient'
import { router } from './router'
import { turnStreams } from './services'

/** Everything that surrounds the pages: theme, language, server state, the turns that are followed. */
export function AppShell({ firstLocale }: { firstLocale: AntdLocale }) {
  const dark = useTheme((state) => state.dark)
  const { i18n } = useTranslation()
  const [locale, setLocale] = useState(firstLocale)
  useEffect(() => {
    void antdLocale(i18n.language).then(setLocale)
  }, [i18n.language])
  return (
    <ConfigProvider theme={dark ? darkTheme : lightTheme} locale={locale} button={{ autoInsertSpace: false }}>
      <QueryClientProvider client={queryClient}>
        <ChatContext value={turnStreams}>
          <RouterProvider router={router} />
        </ChatContext>
      </QueryClientProvider>
      <Feedback />
    </ConfigProvider>
  )
}
