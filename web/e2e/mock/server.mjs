// A small stand-in for the server, for work on the pages: `npm run mock`, then `npm run dev`, or open it directly when dist/ is
// built. Everything is in memory. MOCK_SOCKET=0 refuses the WebSocket, so that the pages use SSE.
import { createServer } from 'node:http'
import { api } from './api.mjs'
import { serveFile } from './files.mjs'
import { acceptSocket } from './socket.mjs'
import { state } from './state.mjs'

const port = Number(process.env.PORT ?? 3000)
if (process.env.MOCK_SEED === '1') (await import('./seed.mjs')).seed()

const server = createServer((request, response) => {
  const path = new URL(request.url, 'http://mock').pathname
  if (path.startsWith('/api/')) void api(request, response)
  else if (path.startsWith('/health/')) response.end('ok')
  else serveFile(path, response)
})
server.on('upgrade', acceptSocket)
server.listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}/setup#token=${state.setupToken}`))
