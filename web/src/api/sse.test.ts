import { expect, test } from 'vitest'
import { SseReader } from './sse'

const stream = ': hello\n\nid: t:1:1\nevent: delta\ndata: {"text":"巴黎"}\n\nid: t:1:2\r\nevent: delta\r\ndata: {"text":\r\ndata:  "🗼"}\r\n\r\nevent: empty\n\nid: t:1:3\revent: end\rdata: {}\r\rdata: no end'
const bytes = new TextEncoder().encode(stream)
const whole = [
  { id: 't:1:1', event: 'delta', data: '{"text":"巴黎"}' },
  { id: 't:1:2', event: 'delta', data: '{"text":\n "🗼"}' },
  { id: 't:1:3', event: 'end', data: '{}' },
]

test('reads the stream whole', () => {
  expect(new SseReader().push(bytes)).toEqual(whole)
})

test('reads the same when cut at any byte', () => {
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const reader = new SseReader()
    expect([...reader.push(bytes.slice(0, cut)), ...reader.push(bytes.slice(cut))], `cut at ${cut}`).toEqual(whole)
  }
})

test('reads the same byte by byte', () => {
  const reader = new SseReader()
  expect(Array.from(bytes, (byte) => reader.push(new Uint8Array([byte]))).flat()).toEqual(whole)
})

test('an event that is not finished is not delivered', () => {
  expect(new SseReader().push(new TextEncoder().encode('data: half\n'))).toEqual([])
})
