import { createHash } from 'node:crypto'
import { sessionOf } from './session.mjs'
import { state } from './state.mjs'
import { followTurn } from './turns.mjs'

function frame(text) {
  const body = Buffer.from(text)
  const head = body.length < 126 ? Buffer.from([0x81, body.length]) : Buffer.from([0x81, 126, body.length >> 8, body.length & 255])
  return Buffer.concat([head, body])
}

/** RFC 6455 as far as a browser's short text frames need it. */
export function acceptSocket(request, socket) {
  if (process.env.MOCK_SOCKET === '0' || !sessionOf(request)) return socket.end('HTTP/1.1 404 Not Found\r\n\r\n')
  const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`)
  const following = new Map()
  let rest = Buffer.alloc(0)
  socket.on('data', (data) => {
    rest = Buffer.concat([rest, data])
    while (rest.length >= 6) {
      const short = rest[1] & 127
      const head = short < 126 ? 2 : 4
      const length = short < 126 ? short : rest.readUInt16BE(2)
      if (rest.length < head + 4 + length) return
      const mask = rest.subarray(head, head + 4)
      const body = rest.subarray(head + 4, head + 4 + length).map((byte, at) => byte ^ mask[at % 4])
      if ((rest[0] & 15) === 8) return socket.end()
      rest = rest.subarray(head + 4 + length)
      receive(JSON.parse(body.toString()))
    }
  })
  const leave = () => following.forEach((end) => end())
  socket.on('close', leave).on('error', leave)

  function receive({ follow, after, unfollow }) {
    following.get(follow ?? unfollow)?.()
    const turn = state.turns.get(follow)
    if (turn) following.set(follow, followTurn(turn, after, (event) => socket.write(frame(JSON.stringify(event)))))
    else if (follow) socket.write(frame(JSON.stringify({ event: 'refused', turn_id: follow, problem: { title: 'No such turn', status: 404, code: 'not_found', type: 'urn:siyu:problem:not_found' } })))
  }
}
