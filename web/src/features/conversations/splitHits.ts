export interface Piece {
  at: number
  text: string
  hit: boolean
}

/** Cuts a text at the places where the query stands, whatever its case. */
export function splitHits(text: string, query: string): Piece[] {
  const wanted = query.trim()
  if (wanted === '') return [{ at: 0, text, hit: false }]
  const pattern = new RegExp(wanted.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'giu')
  const pieces: Piece[] = []
  let at = 0
  for (const found of text.matchAll(pattern)) {
    if (found.index > at) pieces.push({ at, text: text.slice(at, found.index), hit: false })
    pieces.push({ at: found.index, text: found[0], hit: true })
    at = found.index + found[0].length
  }
  if (at < text.length) pieces.push({ at, text: text.slice(at), hit: false })
  return pieces
}
