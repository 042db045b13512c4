import { useEffect, useState } from 'react'

/** HTML for the code, or undefined when the language is not known here. */
export type Highlight = (text: string, language: string) => string | undefined

let loaded: Highlight | undefined
let loading: Promise<Highlight> | undefined

export function useHighlighter(): Highlight | undefined {
  const [highlight, setHighlight] = useState<Highlight | undefined>(() => loaded)
  useEffect(() => {
    if (highlight) return
    let left = false
    loading ??= import('./highlight').then((module) => (loaded = module.highlight))
    loading.then((value) => !left && setHighlight(() => value)).catch(() => (loading = undefined))
    return () => {
      left = true
    }
  }, [highlight])
  return highlight
}
