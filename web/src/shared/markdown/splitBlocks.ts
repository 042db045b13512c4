import { marked, type Token } from 'marked'

export interface Block {
  text: string
  /** A code block whose fence has not been closed yet. */
  open: boolean
  code: boolean
}

/** Definitions hold for the whole message, so it must be parsed as a whole. */
const has_definitions = /^ {0,3}\[[^\]\n]+\]:/m

/**
 * Cuts Markdown into top-level blocks, so that while text streams in only the last one is parsed again. The blocks together are
 * the text, character for character.
 */
export function splitBlocks(text: string): Block[] {
  if (text === '') return []
  if (has_definitions.test(text)) return [{ text, open: false, code: false }]
  const blocks: Block[] = []
  const tokens = marked.lexer(text, { gfm: true })
  // The lexer may end its last token a little differently (an empty list item, say); the text itself is what counts.
  const before_last = tokens.slice(0, -1).reduce((length, token) => length + token.raw.length, 0)
  if (tokens.length > 0) tokens.at(-1)!.raw = text.slice(before_last)
  for (const token of tokens) {
    const last = blocks.at(-1)
    if (last && (token.type === 'space' || hasOpenFormula(last))) {
      last.text += token.raw
      last.code = false
      last.open = false
    } else blocks.push({ text: token.raw, code: isFenced(token), open: isFenced(token) && !isClosed(token.raw) })
  }
  return blocks
}

const isFenced = (token: Token) => token.type === 'code' && /^ {0,3}(`{3,}|~{3,})/.test(token.raw)

function isClosed(raw: string): boolean {
  const fence = /^ {0,3}(`{3,}|~{3,})/.exec(raw)![1]!
  const lines = raw.trimEnd().split('\n')
  const last = lines.length > 1 ? lines.at(-1)!.trim() : ''
  return last.length >= fence.length && [...last].every((char) => char === fence[0])
}

const hasOpenFormula = (block: Block) => !block.code && (block.text.match(/(?<!\\)\$\$/g)?.length ?? 0) % 2 === 1
