const us_per_ms = 1_000

/** The API's times are microseconds since 1970. */
export const toDate = (time_us: number) => new Date(time_us / us_per_ms)

export const formatDateTime = (time_us: number, language: string) =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(toDate(time_us))

export const formatDate = (time_us: number, language: string) =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(toDate(time_us))

export const formatSeconds = (ms: number, language: string) =>
  new Intl.NumberFormat(language, { maximumFractionDigits: ms < 10_000 ? 1 : 0 }).format(ms / 1_000)

export const formatNumber = (value: number, language: string) => new Intl.NumberFormat(language).format(value)
