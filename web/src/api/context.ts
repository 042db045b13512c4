/** What every request needs to know of the page. Filled by app/, kept in memory only. */
export const apiContext = {
  csrfToken: '',
  language: 'zh-CN',
  onSessionLost: () => {},
  onTokenRefused: () => {},
}
