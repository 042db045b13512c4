// Pictures of every page in both languages, both themes and two widths: `node e2e/screens.mjs DIRECTORY [filter]`, against SIYU_URL,
// which must hold the user of SIYU_USER and SIYU_PASSWORD. With the stand-in: MOCK_SEED=1 npm run mock.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const base = process.env.SIYU_URL ?? 'http://127.0.0.1:3000'
const [directory = 'screens', filter = ''] = process.argv.slice(2)
const user = { name: process.env.SIYU_USER ?? 'lin', password: process.env.SIYU_PASSWORD ?? 'correct horse battery' }
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

const pages = {
  'sign-in': { path: '/sign-in', signedOut: true },
  empty: { path: '/' },
  chat: { path: '/', act: (page) => ask(page, '法国的首都是哪里？') },
  thinking: { path: '/', act: (page) => ask(page, 'Please think about it.', 300) },
  failed: { path: '/', act: (page) => ask(page, 'This will fail') },
  drawer: { path: '/', act: (page) => page.getByRole('button', { name: /对话设置|Conversation settings/ }).click() },
  sidebar: { path: '/', narrow: true, act: (page) => page.getByRole('button', { name: /打开侧栏|Open sidebar/ }).click() },
  profile: { path: '/settings/profile' },
  security: { path: '/settings/security' },
  keys: { path: '/settings/keys' },
  appearance: { path: '/settings/appearance' },
  users: { path: '/admin/users' },
  'new-user': { path: '/admin/users', act: (page) => page.getByRole('button', { name: /新建用户|New user/ }).click() },
  engines: { path: '/admin/engines' },
  audit: { path: '/admin/audit', act: (page) => page.getByRole('button', { name: /验证完整性|Verify/ }).click() },
  'not-found': { path: '/nowhere' },
}

async function ask(page, question, wait_ms = 0) {
  await page.locator('textarea').first().fill(question)
  await page.keyboard.press('Enter')
  if (wait_ms) await page.waitForTimeout(wait_ms + 800)
  else await page.locator('[data-message][data-state]:not([data-state=running])').first().waitFor({ timeout: 60_000 })
}

mkdirSync(directory, { recursive: true })
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args })
for (const [language, theme, width, height] of [
  ['zh-CN', 'light', 1440, 900],
  ['en-US', 'dark', 1440, 900],
  ['zh-CN', 'dark', 390, 844],
  ['en-US', 'light', 390, 844],
]) {
  const context = await browser.newContext({ viewport: { width, height }, locale: language, colorScheme: theme })
  const page = await context.newPage()
  page.on('console', (message) => message.type() === 'error' && console.log(`${language} ${theme} ${page.url()}: ${message.text()}`))
  page.on('pageerror', (error) => console.log(`${page.url()}: ${error.stack}`))
  for (const [name, { path, act, signedOut, narrow }] of Object.entries(pages)) {
    if (!name.includes(filter) && !signedOut) continue
    if (narrow && width > 800) continue
    await page.goto(base + path)
    if (name.includes(filter)) {
      await page.locator('h1:visible, textarea:visible, main:visible').first().waitFor({ timeout: 20_000 })
      if (act) await act(page).catch((error) => console.log(`${name}: ${error.message}`))
      await page.waitForTimeout(900)
      await page.screenshot({ path: join(directory, `${name}-${language}-${theme}-${width}.png`) })
    }
    if (signedOut) {
      await page.locator('input').first().fill(user.name)
      await page.locator('input[type=password]').fill(user.password)
      await page.keyboard.press('Enter')
      await page.locator('textarea').first().waitFor({ timeout: 20_000 })
    }
  }
  await context.close()
}
await browser.close()
