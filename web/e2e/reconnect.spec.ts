import { expect, test } from '@playwright/test'
import { breakableLine } from './breakableLine'
import { ask, endAnswer, enter, lastAnswer, letters, textOf, url } from './person'

const cuts = 3

for (const transport of ['WebSocket', 'SSE'] as const)
  test(`an answer comes whole over a line that breaks, by ${transport}`, async ({ page }) => {
    const line = await breakableLine(url())
    try {
      if (transport === 'SSE') await page.addInitScript('delete globalThis.WebSocket; globalThis.WebSocket = class { constructor() { throw new Error("not here") } }')
      await enter(page)
      // The page may belong to another port of the same host: cookies do not tell ports apart.
      await page.goto(line.url)
      await ask(page, 'Write a long story about a lighthouse, in ten paragraphs.')
      const shown = async () => letters((await textOf(lastAnswer(page)).textContent().catch(() => '')) ?? '')
      await expect.poll(async () => (await shown()).length).toBeGreaterThan(20)
      for (let cut = 0; cut < cuts; cut += 1) {
        if ((await lastAnswer(page).getAttribute('data-state')) !== 'running') break
        const before = (await shown()).length
        line.cut()
        await expect(page.getByTestId('reconnecting')).toBeVisible()
        line.mend()
        await expect(page.getByTestId('reconnecting')).toBeHidden()
        await expect.poll(async () => (await shown()).length).toBeGreaterThanOrEqual(before)
      }
      await endAnswer(page)
      const id = new URL(page.url()).pathname.split('/').at(-1)
      const { items } = (await (await page.request.get(`${url()}/api/conversations/${id}/messages`)).json()) as { items: { text: string }[] }
      expect(await shown()).toBe(letters(items.at(-1)!.text))
    } finally {
      line.close()
    }
  })
