import { expect, test } from 'vitest'
import type { Conversation } from '@/api/types'
import { groupByDate } from './groups'
import { splitHits } from './splitHits'

const now = new Date(2026, 2, 10, 9, 30)
const item = (id: string, date: Date, pinned = false) => ({ id, pinned, updated_at: date.getTime() * 1_000 }) as Conversation

test('conversations are grouped by the local day', () => {
  const groups = groupByDate(
    [
      item('pin', new Date(2020, 0, 1), true),
      item('now', new Date(2026, 2, 10, 0, 0)),
      item('late', new Date(2026, 2, 9, 23, 59)),
      item('week', new Date(2026, 2, 4)),
      item('month', new Date(2026, 1, 20)),
      item('old', new Date(2026, 0, 31)),
      item('older', new Date(2025, 11, 31)),
    ],
    now,
  )
  expect(groups.map(({ name, items }) => `${name}: ${items.map(({ id }) => id).join()}`)).toEqual([
    'pinned: pin', 'today: now', 'yesterday: late', 'week: week', 'month: month', '2026-01: old', '2025-12: older',
  ])
})

test('hits are found whatever their case, and signs mean themselves', () => {
  const shown = (text: string, query: string) => splitHits(text, query).map(({ text: piece, hit }) => (hit ? `[${piece}]` : piece)).join('')
  expect(shown('Paris, paris', 'PARIS')).toBe('[Paris], [paris]')
  expect(shown('a.b a+b', 'a.b')).toBe('[a.b] a+b')
  expect(shown('法国的首都', '首都')).toBe('法国的[首都]')
  expect(shown('plain', '  ')).toBe('plain')
})
