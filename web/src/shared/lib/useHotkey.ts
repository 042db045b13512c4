import { useEffect, useRef } from 'react'

const apple = /Mac|iPhone|iPad/.test(navigator.platform)

function matches(event: KeyboardEvent, combination: string): boolean {
  const parts = combination.split('+')
  const key = parts.at(-1)!
  const mod = apple ? event.metaKey : event.ctrlKey
  return (
    event.key.toLowerCase() === key &&
    mod === parts.includes('mod') &&
    event.shiftKey === parts.includes('shift') &&
    !event.altKey
  )
}

/** Calls back on a combination such as "mod+shift+o"; a callback that returns false lets the key pass. */
export function useHotkey(combination: string, onPress: () => boolean | void) {
  const latest = useRef(onPress)
  useEffect(() => {
    latest.current = onPress
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || !matches(event, combination)) return
      if (latest.current() !== false) event.preventDefault()
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [combination])
}

const names: Record<string, string> = { mod: apple ? '⌘' : 'Ctrl', shift: apple ? '⇧' : 'Shift', escape: 'Esc', enter: 'Enter', arrowup: '↑' }

export const keyNames = (combination: string): string[] =>
  combination.split('+').map((key) => names[key] ?? key.toUpperCase())
