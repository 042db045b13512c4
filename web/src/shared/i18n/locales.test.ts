import { expect, test } from 'vitest'
import { bundle as english } from './enUS'
import { pseudo } from './pseudo'
import { bundle as chinese } from './zhCN'

function flatten(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  return Object.entries(value as object).flatMap(([key, item]) => flatten(item, path ? `${path}.${key}` : key))
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).toSorted()

test('both languages have the same keys', () => {
  expect(flatten(chinese).map(([key]) => key).toSorted()).toEqual(flatten(english).map(([key]) => key).toSorted())
})

test('a text has the same placeholders in both languages', () => {
  const other = new Map(flatten(english))
  for (const [key, text] of flatten(chinese)) expect(placeholders(text), key).toEqual(placeholders(other.get(key)!))
})

test('no text is empty, and no Chinese one is left in English', () => {
  for (const [key, text] of [...flatten(chinese), ...flatten(english)]) expect(text.trim(), key).not.toBe('')
  const names = new Set(['chat.message.version', 'chat.parameters.top_p', 'chat.usage.tokens'])
  for (const [key, text] of flatten(chinese)) if (!names.has(key)) expect(text, key).toMatch(/\p{Script=Han}/u)
})

test('no English text holds Chinese', () => {
  for (const [key, text] of flatten(english)) expect(text, key).not.toMatch(/\p{Script=Han}/u)
})

test('the pseudo-locale keeps placeholders', () => {
  expect(pseudo('Hello {{name}}')).toMatch(/^\[Hélló \{\{name\}\}·+\]$/)
})
