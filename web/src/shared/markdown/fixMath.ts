import { mapProse } from './prose'

/**
 * Makes the mathematics that models write into what remark-math reads: `\( \)` and `\[ \]` become dollars, a display formula gets
 * lines of its own, and a dollar that is money is escaped. Code is never touched.
 */
export const fixMath = (text: string): string => (/[$]|\\[([]/.test(text) ? mapProse(text, (prose) => escapeMoney(display(brackets(prose)))) : text)

const brackets = (text: string) =>
  text
    .replace(/\\\[([\s\S]*?)\\\]/g, (_, formula: string) => `$$${formula}$$`)
    .replace(/\\\(([\s\S]*?)\\\)/g, (_, formula: string) => `$${formula.trim()}$`)

/** `$$x$$` alone on its lines is a display formula: remark-math wants the fences alone too. */
const display = (text: string) =>
  text.replace(/^([ \t]*(?:>[ \t]*)*)\$\$(?!\$)([^$]+?)\$\$[ \t]*$/gm, (_, indent: string, formula: string) =>
    [`${indent}$$`, ...formula.trim().split('\n').map((line) => indent + line.trimStart()), `${indent}$$`].join('\n'))

/** Pandoc's rule: no blank after the opening dollar, none before the closing one, no digit after it. */
function escapeMoney(text: string): string {
  let out = ''
  let at = 0
  while (at < text.length) {
    const char = text[at]!
    if (char === '\\') {
      out += text.slice(at, at + 2)
      at += 2
    } else if (char !== '$') {
      out += char
      at += 1
    } else {
      const end = text[at + 1] === '$' ? displayEnd(text, at) : inlineEnd(text, at)
      out += end > 0 ? text.slice(at, end) : '\\$'
      at = end > 0 ? end : at + 1
    }
  }
  return out
}

/** An open `$$` reaches to the end: the rest of the formula is still to come. */
function displayEnd(text: string, start: number): number {
  const close = text.indexOf('$$', start + 2)
  return close < 0 ? text.length : close + 2
}

function inlineEnd(text: string, start: number): number {
  if (/\s|^$/.test(text[start + 1] ?? '')) return 0
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '\n' && text[at + 1] === '\n') return 0
    else if (text[at] === '$' && !/\s/.test(text[at - 1]!) && !/\d/.test(text[at + 1] ?? '')) return at + 1
  }
  return 0
}
