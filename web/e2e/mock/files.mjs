import { existsSync, readFileSync, statSync } from 'node:fs'
import { extname, join, normalize } from 'node:path'

const root = new URL('../../dist', import.meta.url).pathname
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.webmanifest': 'application/manifest+json' }
const csp =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; " +
  "worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

export function serveFile(path, response) {
  const wanted = join(root, normalize(path))
  const found = wanted.startsWith(root) && existsSync(wanted) && statSync(wanted).isFile()
  if (!found && path.startsWith('/assets/')) return response.writeHead(404).end()
  const file = found ? wanted : join(root, 'index.html')
  if (!existsSync(file)) return response.writeHead(404).end('npm run build first')
  response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream', 'Content-Security-Policy': csp })
  response.end(readFileSync(file))
}
