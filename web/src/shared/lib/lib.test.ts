import { afterEach, expect, test, vi } from 'vitest'
import { copyText } from './copyText'
import { uuidv7 } from './uuidv7'

afterEach(() => vi.unstubAllGlobals())

test('a UUIDv7 has its version, its variant and its time', () => {
  const id = uuidv7(0x0198_1234_5678)
  expect(id).toMatch(/^01981234-5678-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('ids sort by time and do not repeat', () => {
  const ids = [1, 1_000, 1_700_000_000_000, 1_900_000_000_000].map(uuidv7)
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(Array.from({ length: 1_000 }, () => uuidv7(5))).size).toBe(1_000)
})

test('no secure-context function is needed for an id', () => {
  vi.stubGlobal('crypto', { getRandomValues: (bytes: Uint8Array) => bytes.fill(255) })
  expect(uuidv7(0)).toBe('00000000-0000-7fff-bfff-ffffffffffff')
})

test('copying works without navigator.clipboard, and leaves the page as it was', async () => {
  vi.stubGlobal('isSecureContext', false)
  let copied = ''
  document.execCommand = (command) => {
    copied = `${command} ${document.querySelector('textarea')!.value}`
    return true
  }
  expect(await copyText('你好')).toBe(true)
  expect(copied).toBe('copy 你好')
  expect(document.querySelector('textarea')).toBeNull()
})

test('a browser that refuses to copy is told apart', async () => {
  vi.stubGlobal('isSecureContext', false)
  document.execCommand = () => {
    throw new Error('refused')
  }
  expect(await copyText('x')).toBe(false)
})
