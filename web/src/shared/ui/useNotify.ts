import { App } from 'antd'

/** Short messages at the top of the page. */
export const useNotify = () => App.useApp().message
