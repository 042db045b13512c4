import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, type Page, test } from '@playwright/test'
import type { AxeResults } from 'axe-core'
import { ask, endAnswer, enter, url } from './person'

const axe_source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The page's CSP forbids a script element; evaluating through the debugger is not bound by it. */
async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe_source)
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run())
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`))
}

const pages = ['/', '/settings/profile', '/settings/security', '/settings/keys', '/settings/appearance', '/admin/users', '/admin/engines', '/admin/audit', '/nowhere']

for (const scheme of ['light', 'dark'] as const)
  for (const width of [1280, 390])
    test(`no serious finding on any page, ${scheme}, ${width} px`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 800 })
      const check = async (name: string) => expect.soft(await seriousFindings(page), name).toEqual([])
      await page.goto(`${url()}/sign-in`)
      await page.getByRole('button', { name: 'Sign in' }).waitFor()
      await check('sign-in')
      await page.goto(`${url()}/setup#token=none`)
      await page.locator('h1').waitFor()
      await check('setup')
      await enter(page)
      await ask(page, 'Write a table and some code.')
      await endAnswer(page)
      await check('conversation')
      for (const path of pages) {
        await page.goto(url() + path)
        await page.locator('main h1:visible, main textarea:visible').first().waitFor()
        await expect(page.getByRole('status', { name: 'Loading…' })).toHaveCount(0)
        await page.waitForTimeout(300)
        await check(path)
      }
      await page.goto(`${url()}/`)
      await page.getByRole('button', { name: 'Conversation settings' }).click()
      await page.getByRole('dialog').waitFor()
      await page.waitForTimeout(500)
      await check('conversation settings')
    })
