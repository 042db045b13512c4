import { useEffect, useState } from 'react'
import type { Options } from 'react-markdown'

type Plugins = Options['rehypePlugins']

const without: Plugins = []
let loaded: Plugins
let loading: Promise<Plugins> | undefined

async function load(): Promise<Plugins> {
  const { rehypeKatex } = await import('./katex')
  loaded = [[rehypeKatex, { throwOnError: false, strict: 'ignore', errorColor: 'var(--muted)', trust: false, maxExpand: 500 }]]
  return loaded
}

/** KaTeX comes with the first text that may hold a formula; until then formulas are shown as they were written. */
export function useMathPlugin(text: string): Plugins {
  const [plugins, setPlugins] = useState(loaded)
  const wanted = plugins === undefined && /[$]|\\[([]/.test(text)
  useEffect(() => {
    if (!wanted) return
    loading ??= load()
    let left = false
    loading.then((value) => !left && setPlugins(value)).catch(() => (loading = undefined))
    return () => {
      left = true
    }
  }, [wanted])
  return plugins ?? without
}
