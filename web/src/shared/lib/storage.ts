/** Storage may be full, or forbidden by the browser's settings; nothing here depends on it. */
function guarded(area: () => Storage) {
  return {
    read(key: string): string | null {
      try {
        return area().getItem(key)
      } catch {
        return null
      }
    },
    names(): string[] {
      try {
        return Object.keys(area())
      } catch {
        return []
      }
    },
    write(key: string, value: string | null) {
      try {
        if (value === null) area().removeItem(key)
        else area().setItem(key, value)
      } catch {
        // Not kept: the page works without it.
      }
    },
  }
}

export const localStore = guarded(() => localStorage)
export const sessionStore = guarded(() => sessionStorage)
