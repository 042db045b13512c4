import { expect, test } from 'vitest'
import { readPosition, readTurnEvent, TurnCursor } from './turnEvents'

test('a position is read from its end, whatever the turn is called', () => {
  expect(readPosition('0198-ab:2:17')).toEqual({ turn: '0198-ab', attempt: 2, seq: 17 })
  expect(readPosition('nonsense')).toBeNull()
})

test('a cursor takes each event once and in order', () => {
  const cursor = new TurnCursor()
  const taken = ['t:1:1', 't:1:2', 't:1:2', 't:1:1', 't:1:5', 't:1:3', 't:2:1', 't:1:9', 't:2:1', 't:2:2'].filter((id) => cursor.accept(id))
  expect(taken).toEqual(['t:1:1', 't:1:2', 't:1:5', 't:2:1', 't:2:2'])
  expect(cursor.last).toBe('t:2:2')
})

test('numbers are compared as numbers', () => {
  const cursor = new TurnCursor('t:1:9')
  expect(cursor.accept('t:1:10')).toBe(true)
})

test('an event of a newer server is left alone', () => {
  expect(readTurnEvent('fireworks', 't:1:1', {})).toBeNull()
  expect(readTurnEvent('delta', 't:1:1', 'text')).toBeNull()
  expect(readTurnEvent('delta', 't:1:1', { text: 'a' })).toEqual({ event: 'delta', id: 't:1:1', text: 'a' })
})
