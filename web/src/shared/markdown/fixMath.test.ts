import { expect, test } from 'vitest'
import { fixMath } from './fixMath'

test.each([
  ['money', '$5 today and $10', '\\$5 today and \\$10'],
  ['inline', 'so $a+b$ holds', 'so $a+b$ holds'],
  ['next to Chinese', '设$x$为实数', '设$x$为实数'],
  ['round brackets', '\\( x \\)', '$x$'],
  ['square brackets', '\\[x\\]', '$$\nx\n$$'],
  ['one line of display', '$$x^2$$', '$$\nx^2\n$$'],
  ['in a list', '- a\n  \\[x\\]', '- a\n  $$\n  x\n  $$'],
  ['escaped already', '\\$5', '\\$5'],
  ['alone', 'costs $', 'costs \\$'],
  ['fence', '```sh\necho $1 $2\n```\n$5', '```sh\necho $1 $2\n```\n\\$5'],
  ['longer fence', '````\n```\n$1\n```\n$2\n````', '````\n```\n$1\n```\n$2\n````'],
  ['code span', '`$a` and $b', '`$a` and \\$b'],
  ['open display', 'so\n\n$$\nx = ', 'so\n\n$$\nx = '],
  ['price list', '$1,000 to $2,000 (USD)', '\\$1,000 to \\$2,000 (USD)'],
])('%s', (_, text, expected) => {
  expect(fixMath(text)).toBe(expected)
})

test('text without mathematics is the same text', () => {
  const text = 'Nothing of it.\n\n```\ncode\n```'
  expect(fixMath(text)).toBe(text)
})
