const fence_opening = /^(?:[ \t]*(?:>|[-*+]|\d+[.)])[ \t]*)*[ \t]*(`{3,}|~{3,})/

/** Applies `change` to everything that is not code: neither fenced nor between backticks. */
export function mapProse(text: string, change: (prose: string) => string): string {
  const pieces: string[] = []
  let prose: string[] = []
  let fence: string | null = null
  const flush = () => {
    if (prose.length > 0) pieces.push(mapSpans(prose.join('\n'), change))
    prose = []
  }
  for (const line of text.split('\n')) {
    const marker = fence_opening.exec(line)?.[1]
    if (fence === null && marker) flush()
    if (fence === null && !marker) {
      prose.push(line)
      continue
    }
    pieces.push(line)
    if (fence === null) fence = marker!
    else if (marker && marker[0] === fence[0] && marker.length >= fence.length && line.trimEnd().endsWith(marker)) fence = null
  }
  flush()
  return pieces.join('\n')
}

/** A run of backticks opens a code span when an equally long run follows. */
function mapSpans(text: string, change: (prose: string) => string): string {
  const spans: string[] = []
  // Private-use letters stand for the spans, so that a formula or an escape may reach over them.
  const held = text.replace(/(?<!`)(`+)(?!`)([\s\S]*?[^`])\1(?!`)/g, (span) => `\uE000${spans.push(span) - 1}\uE001`)
  return change(held).replace(/\uE000(\d+)\uE001/g, (mark, index: string) => spans[Number(index)] ?? mark)
}
