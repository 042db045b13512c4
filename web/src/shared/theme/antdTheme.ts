import { theme, type ThemeConfig } from 'antd'

const font_family =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif'

const shared = { fontFamily: font_family, fontSize: 14, borderRadius: 8, controlHeight: 36, wireframe: false }

/** The same colours as tokens.css, for antd's own components. Their rules come from antd.css; only variables are made here. */
export const lightTheme: ThemeConfig = {
  zeroRuntime: true,
  token: {
    ...shared,
    colorPrimary: '#0b7a75',
    colorPrimaryHover: '#08625e',
    colorLink: '#0b7a75',
    colorLinkHover: '#08625e',
    colorInfo: '#0b7a75',
    colorTextBase: '#1b2122',
    colorError: '#c4342b',
    colorTextDescription: '#5c6769',
    colorTextTertiary: '#5c6769',
    colorTextPlaceholder: '#69757a',
  },
}

export const darkTheme: ThemeConfig = {
  zeroRuntime: true,
  algorithm: theme.darkAlgorithm,
  token: {
    ...shared,
    colorPrimary: '#12867f',
    colorPrimaryHover: '#0f7a73',
    colorLink: '#5fcabf',
    colorLinkHover: '#8adbd3',
    colorInfo: '#12867f',
    colorBgBase: '#16191a',
    colorBgContainer: '#1b1f20',
    colorBgElevated: '#222728',
    colorTextBase: '#eef2f2',
    colorBorder: '#3a4143',
    colorBorderSecondary: '#2b3133',
    colorTextDescription: '#9daaac',
    colorTextTertiary: '#9daaac',
    colorTextPlaceholder: '#8b989b',
  },
  // The accent as text must be lighter here than the accent under text.
  components: { Button: { defaultHoverColor: '#8adbd3', defaultHoverBorderColor: '#5fcabf', defaultActiveColor: '#8adbd3', defaultActiveBorderColor: '#5fcabf' } },
}
