import { expect, test } from 'vitest'
import type { Message } from '@/api/types'
import { neighbour, selectionTo, visiblePath } from './tree'

let clock = 0
const message = (id: string, parent_id: string | null): Message => ({
  id,
  parent_id,
  role: id.startsWith('q') ? 'user' : 'assistant',
  text: id,
  state: 'done',
  created_at: (clock += 1),
})

// q1 has the answers a1 and a2; under a1 stands q2, asked last of all; q1b is an edit of q1.
const tree = [message('q1', null), message('a1', 'q1'), message('a2', 'q1'), message('q1b', null), message('b1', 'q1b'), message('q2', 'a1'), message('c1', 'q2')]
const shown = (selection = {}) => visiblePath(tree, selection).map((entry) => entry.message.id).join(' ')

test('without a choice the path leads to the newest message', () => {
  expect(shown()).toBe('q1 a1 q2 c1')
})

test('a choice holds, and below it the newest is shown', () => {
  expect(shown({ '': 'q1b' })).toBe('q1b b1')
  expect(shown({ q1: 'a2' })).toBe('q1 a2')
})

test('a choice that is not there any more is ignored', () => {
  expect(shown({ q1: 'gone' })).toBe('q1 a1 q2 c1')
})

test('siblings stand in the order in which they were made', () => {
  const [first, second] = visiblePath(tree, {})
  expect(first!.siblings).toEqual(['q1', 'q1b'])
  expect(second!.siblings).toEqual(['a1', 'a2'])
  expect(neighbour(second!, 1)).toBe('a2')
  expect(neighbour(second!, -1)).toBeUndefined()
})

test('a message deep in another branch can be shown', () => {
  expect(shown(selectionTo(tree, 'b1'))).toBe('q1b b1')
  expect(shown({ ...selectionTo(tree, 'b1'), ...selectionTo(tree, 'a2') })).toBe('q1 a2')
})

test('a message whose parent is missing is shown rather than lost', () => {
  expect(visiblePath([message('a9', 'nowhere')], {}).map((entry) => entry.message.id)).toEqual(['a9'])
})

test('nothing gives nothing', () => {
  expect(visiblePath([], {})).toEqual([])
})

test('a thousand messages take no time to speak of', () => {
  const long = Array.from({ length: 1000 }, (_, at) => message(`${at % 2 ? 'a' : 'q'}${at}`, at ? `${at % 2 ? 'q' : 'a'}${at - 1}` : null))
  const from = performance.now()
  expect(visiblePath(long, {})).toHaveLength(1000)
  expect(performance.now() - from).toBeLessThan(200)
})
