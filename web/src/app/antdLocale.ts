import type { ConfigProviderProps } from 'antd'

export type AntdLocale = NonNullable<ConfigProviderProps['locale']>

export const antdLocale = async (language: string): Promise<AntdLocale> =>
  (language === 'zh-CN' ? await import('antd/es/locale/zh_CN') : await import('antd/es/locale/en_US')).default
