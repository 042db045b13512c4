import type { Mermaid } from 'mermaid'

const cache_entries_max = 100
const cache = new Map<string, string>()
let loading: Promise<Mermaid> | undefined
let queue: Promise<unknown> = Promise.resolve()
let drawings = 0

async function load(): Promise<Mermaid> {
  const { default: mermaid } = await import('mermaid')
  return mermaid
}

const mermaid = () => (loading ??= load().catch((error: unknown) => {
  loading = undefined
  throw error
}))

/** Loads and exercises Mermaid while the fence is still open, so that the drawing itself is short. */
export async function warmUp() {
  await (await mermaid()).parse('flowchart LR\n a --> b', { suppressErrors: true })
}

const key = (source: string, dark: boolean) => `${dark ? 'dark' : 'light'}\n${source}`

export const knownDiagram = (source: string, dark: boolean) => cache.get(key(source, dark))

/** One at a time: Mermaid's configuration is global. Throws when the source is not a diagram. */
export function drawDiagram(source: string, dark: boolean): Promise<string> {
  const drawing = queue.then(() => draw(source, dark))
  queue = drawing.catch(() => {})
  return drawing
}

async function draw(source: string, dark: boolean): Promise<string> {
  const known = knownDiagram(source, dark)
  if (known) return known
  const drawer = await mermaid()
  drawer.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    suppressErrorRendering: true,
    theme: 'base',
    fontFamily: 'inherit',
    themeVariables: dark
      ? { darkMode: true, background: '#16191a', primaryColor: '#17332f', primaryTextColor: '#e8eced', primaryBorderColor: '#5fcabf', lineColor: '#9daaac', secondaryColor: '#252b2d', tertiaryColor: '#1e2324' }
      : { primaryColor: '#e3f2f1', primaryTextColor: '#1b2122', primaryBorderColor: '#0b7a75', lineColor: '#5c6769', secondaryColor: '#eef3f3', tertiaryColor: '#f5f7f7' },
  })
  drawings += 1
  const { svg } = await drawer.render(`diagram-${drawings}`, source)
  if (cache.size >= cache_entries_max) cache.delete(cache.keys().next().value!)
  cache.set(key(source, dark), svg)
  return svg
}
