import { expect, test } from '@playwright/test'
import { answers, ask, box, endAnswer, enter, lastAnswer, letters, person, settled, stored, textOf, url } from './person'

test.describe.configure({ mode: 'serial' })

const long_question = 'Write a long story about a ship, in ten paragraphs.'

/** Playwright's innerText leaves hidden buttons' names out; code heads are not part of the answer. */
const shownLetters = async (answer: ReturnType<typeof lastAnswer>) => letters(await textOf(answer).evaluate((element) => {
  const copy = element.cloneNode(true) as HTMLElement
  for (const extra of copy.querySelectorAll('.code-head, .katex-mathml, .diagram')) extra.remove()
  return copy.textContent ?? ''
}))

test('the first administrator asks, and the answer streams in and stays', async ({ page }) => {
  const foreign: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(url()) && !/^(data|blob):/.test(request.url())) foreign.push(request.url())
  })
  const violations: string[] = []
  page.on('console', (message) => message.text().includes('Content Security Policy') && violations.push(message.text()))

  await enter(page)
  expect(page.url()).not.toContain('token')
  await ask(page, 'What is the capital of France?')
  await expect(page).toHaveURL(/\/c\/[0-9a-f-]{36}$/)
  await expect(textOf(lastAnswer(page))).not.toBeEmpty()
  await settled(lastAnswer(page))
  const [question, answer] = await stored(page.request, page)
  expect(question).toMatchObject({ role: 'user', text: 'What is the capital of France?' })
  expect(answer).toMatchObject({ role: 'assistant', state: 'done' })
  expect(answer!.text.length).toBeGreaterThan(0)
  expect(foreign).toEqual([])
  expect(violations).toEqual([])
})

test('a reload in mid-answer goes on without a seam; stop, regenerate, arrows, sign out', async ({ page }) => {
  await enter(page)
  await ask(page, long_question)
  await expect(lastAnswer(page)).toHaveAttribute('data-state', 'running')
  await expect.poll(async () => (await shownLetters(lastAnswer(page)).catch(() => '')).length).toBeGreaterThan(20)
  const before = await shownLetters(lastAnswer(page))

  await page.reload()
  await expect(answers(page)).toHaveCount(1)
  await expect.poll(async () => (await shownLetters(lastAnswer(page)).catch(() => '')).length).toBeGreaterThan(before.length)
  expect((await shownLetters(lastAnswer(page))).startsWith(before.slice(0, -12))).toBe(true)

  const stop = page.getByRole('button', { name: 'Stop the answer' })
  if (await stop.isVisible()) await stop.click()
  await settled(lastAnswer(page))
  const first = (await stored(page.request, page)).find((message) => message.role === 'assistant')!
  expect(await shownLetters(lastAnswer(page))).toBe(letters(first.text))

  await page.getByRole('button', { name: 'Answer again' }).click()
  await expect(page.getByTestId('version')).toHaveText('2 / 2')
  await expect.poll(async () => (await shownLetters(lastAnswer(page)).catch(() => '')).length).toBeGreaterThan(20)
  await box(page).press('Escape')
  await settled(lastAnswer(page))
  const second = (await stored(page.request, page)).findLast((message) => message.role === 'assistant')!
  expect(second.id).not.toBe(first.id)
  expect(await shownLetters(lastAnswer(page))).toBe(letters(second.text))

  await page.getByRole('button', { name: 'Previous version' }).click()
  await expect(page.getByTestId('version')).toHaveText('1 / 2')
  await expect(lastAnswer(page)).toHaveAttribute('data-message', first.id)
  expect(await shownLetters(lastAnswer(page))).toBe(letters(first.text))
  await page.getByRole('button', { name: 'Next version' }).click()
  await expect(lastAnswer(page)).toHaveAttribute('data-message', second.id)

  await page.getByRole('button', { name: /^Account menu/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in$/)
  expect((await page.request.get(`${url()}/api/session`)).status()).toBe(401)
})

test('two tabs follow one answer', async ({ page, context }) => {
  await enter(page)
  await ask(page, long_question)
  await expect(page).toHaveURL(/\/c\//)
  const other = await context.newPage()
  await other.goto(page.url())
  await expect.poll(async () => (await shownLetters(lastAnswer(other)).catch(() => '')).length).toBeGreaterThan(20)
  await page.getByRole('button', { name: 'Stop the answer' }).click()
  await settled(lastAnswer(page))
  await settled(lastAnswer(other))
  expect(await shownLetters(lastAnswer(other))).toBe(await shownLetters(lastAnswer(page)))
})

test('an edited question is a version of its own', async ({ page }) => {
  await enter(page)
  await ask(page, 'Say one word.')
  await endAnswer(page)
  await box(page).press('ArrowUp')
  const editor = page.getByRole('textbox', { name: 'Edit the question' })
  await editor.fill('Say another word.')
  await editor.press('Enter')
  await expect(page.getByTestId('question-text')).toHaveText('Say another word.')
  await expect(page.getByTestId('version').first()).toHaveText('2 / 2')
  await endAnswer(page)
  // A long answer has moved the question out of view, and so out of the page.
  await page.getByRole('region', { name: 'Conversation' }).evaluate((list) => list.scrollTo(0, 0))
  await page.getByRole('button', { name: 'Previous version' }).first().click()
  await expect(page.getByTestId('question-text')).toHaveText('Say one word.')
})

test('the whole way by keyboard alone', async ({ page }) => {
  await page.goto(`${url()}/sign-in`)
  await expect(page.getByLabel('User name')).toBeFocused()
  await page.keyboard.type(person.name)
  await page.keyboard.press('Tab')
  await page.keyboard.type(person.password)
  await page.keyboard.press('Enter')
  await expect(box(page)).toBeFocused()
  await page.keyboard.type('Hello there')
  await page.keyboard.press('Enter')
  await expect(textOf(lastAnswer(page))).not.toBeEmpty()
  await endAnswer(page)
  await page.keyboard.press('Control+Shift+O')
  await expect(page).toHaveURL(`${url()}/`)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await page.keyboard.type('Hello there')
  await expect(page.getByRole('list', { name: 'Search results' })).toContainText('Hello there')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/c\//)
  await expect(page.getByTestId('question-text').first()).toHaveText('Hello there')
  await page.keyboard.press('Control+/')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeHidden()
})

test('a lost session leads to sign-in and back, with the draft', async ({ page, context }) => {
  await enter(page)
  await ask(page, 'Say one word.')
  await endAnswer(page)
  const path = new URL(page.url()).pathname
  await box(page).fill('An unsent thought')
  await context.clearCookies()
  await page.getByRole('button', { name: 'Answer again' }).click()
  await expect(page).toHaveURL(/\/sign-in\?return=/)
  await page.getByLabel('User name').fill(person.name)
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(url() + path)
  await expect(box(page)).toHaveValue('An unsent thought')
})
