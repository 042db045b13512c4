import { type APIRequestContext, expect, type Locator, type Page } from '@playwright/test'

export const url = () => process.env.SIYU_URL!
export const person = { name: 'admin', password: 'a long enough passphrase' }

const loading_max_ms = 90_000

/** The first test makes the person; the later ones sign in. */
export async function enter(page: Page) {
  const { setup_needed } = (await (await page.request.get(`${url()}/api/status`)).json()) as { setup_needed: boolean }
  if (setup_needed) {
    await page.goto(process.env.SIYU_SETUP_URL!)
    await page.getByLabel('User name').fill(person.name)
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.getByLabel('Password again').fill(person.password)
    await page.getByRole('button', { name: 'Create and enter' }).click()
  } else {
    await page.goto(`${url()}/sign-in`)
    await page.getByLabel('User name').fill(person.name)
    await page.getByLabel('Password').fill(person.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
  }
  await expect(box(page)).toBeVisible()
  await expect(page.getByRole('button', { name: /^Choose the model/ })).toHaveAttribute('data-state', 'ready', { timeout: loading_max_ms })
}

export const box = (page: Page) => page.getByRole('textbox', { name: 'Message' })
export const answers = (page: Page) => page.locator('article[data-state]')
export const lastAnswer = (page: Page) => answers(page).last()
export const textOf = (answer: Locator) => answer.getByTestId('answer-text')

export async function ask(page: Page, question: string) {
  await box(page).fill(question)
  await box(page).press('Enter')
}

export const settled = (answer: Locator) => expect(answer).toHaveAttribute('data-state', /done|stopped|failed|interrupted/, { timeout: 90_000 })

/** A small model rambles; what matters here has been seen. */
export async function endAnswer(page: Page) {
  await expect(textOf(lastAnswer(page))).not.toBeEmpty()
  const stop = page.getByRole('button', { name: 'Stop the answer' })
  if (await stop.isVisible()) await stop.click({ timeout: 3_000 }).catch(() => {})
  await settled(lastAnswer(page))
}

interface StoredMessage {
  id: string
  role: string
  text: string
  state: string
}

export async function stored(request: APIRequestContext, page: Page): Promise<StoredMessage[]> {
  const id = new URL(page.url()).pathname.split('/').at(-1)!
  const answer = await request.get(`${url()}/api/conversations/${id}/messages`)
  expect(answer.ok()).toBe(true)
  return ((await answer.json()) as { items: StoredMessage[] }).items
}

/** What is left of Markdown when it is read: letters and digits, in order. */
export const letters = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '')
