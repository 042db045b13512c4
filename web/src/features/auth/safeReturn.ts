/** Only a path of this site; "//elsewhere" and "/\elsewhere" would leave it. */
export const safeReturn = (path: string | null): string =>
  path !== null && /^\/(?![/\\])/.test(path) && !path.startsWith('/sign-in') && !path.startsWith('/setup') ? path : '/'
