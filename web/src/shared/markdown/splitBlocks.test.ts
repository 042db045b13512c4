import { expect, test } from 'vitest'
import { splitBlocks } from './splitBlocks'

const texts = (text: string) => splitBlocks(text).map((block) => block.text)

const sample = '# Title\n\nA paragraph\nof two lines.\n\n- one\n- two\n\n```js\nlet a = 1\n\nlet b = 2\n```\n\n> quoted\n\nEnd.'

test('the blocks together are the text, at every length', () => {
  for (let length = 0; length <= sample.length; length += 1) expect(texts(sample.slice(0, length)).join('')).toBe(sample.slice(0, length))
})

test('what is finished does not change when more is written', () => {
  const all = texts(sample)
  const half = texts(sample.slice(0, sample.indexOf('> quoted')))
  expect(half.slice(0, -1)).toEqual(all.slice(0, half.length - 1))
})

test('an empty line in a fence cuts nothing', () => {
  expect(texts(sample).filter((text) => text.includes('let'))).toEqual(['```js\nlet a = 1\n\nlet b = 2\n```\n\n'])
})

test('a formula with an empty line is one block', () => {
  expect(texts('Before\n\n$$\na\n\nb\n$$\n\nAfter')).toEqual(['Before\n\n', '$$\na\n\nb\n$$\n\n', 'After'])
})

test.each([
  ['```mermaid\nflowchart', true],
  ['```mermaid\nflowchart\n``', true],
  ['```mermaid\nflowchart\n```', false],
  ['```mermaid\nflowchart\n```\n', false],
  ['~~~~\ncode\n~~~', true],
  ['```', true],
])('%j is open: %s', (text, open) => {
  expect(splitBlocks(text).at(-1)!.open).toBe(open)
})

test('a message with definitions stays whole', () => {
  expect(texts('See [a].\n\nAnd.\n\n[a]: https://example.org')).toHaveLength(1)
})
