import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = process.env.SIYU_URL ?? 'http://127.0.0.1:3000'

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': new URL('src', import.meta.url).pathname } },
  server: { proxy: { '/api': { target: server, ws: true } } },
  build: {
    target: 'es2022',
    // KaTeX's fonts and icons stay files of their own: the CSP allows no data: fonts.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
})
