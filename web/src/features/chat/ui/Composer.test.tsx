import { fireEvent, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import { Composer } from './Composer'

beforeEach(() => localStorage.clear())

const show = (more: Partial<Parameters<typeof Composer>[0]> = {}) => {
  const props = { conversationId: 'c1', modelName: 'qwen', running: false, onSend: vi.fn(async () => true), onStop: vi.fn(), onEditLast: vi.fn(), ...more }
  const { unmount } = render(<Composer {...props} />)
  return { ...props, unmount, box: screen.getByRole('textbox') as HTMLTextAreaElement }
}

test('Enter sends, and the box is empty again', async () => {
  const { box, onSend } = show()
  await userEvent.type(box, 'hello{Enter}')
  expect(onSend).toHaveBeenCalledWith('hello')
  expect(box.value).toBe('')
})

test('Shift and Enter make a new line', async () => {
  const { box, onSend } = show()
  await userEvent.type(box, 'a{Shift>}{Enter}{/Shift}b')
  expect(onSend).not.toHaveBeenCalled()
  expect(box.value).toBe('a\nb')
})

test('Enter that picks a word of an input method does not send', () => {
  const { box, onSend } = show()
  fireEvent.change(box, { target: { value: 'nihao' } })
  fireEvent.keyDown(box, { key: 'Enter', isComposing: true })
  fireEvent.keyDown(box, { key: 'Enter', keyCode: 229 })
  expect(onSend).not.toHaveBeenCalled()
  fireEvent.keyDown(box, { key: 'Enter' })
  expect(onSend).toHaveBeenCalledWith('nihao')
})

test('blanks are not sent', async () => {
  const { box, onSend } = show()
  await userEvent.type(box, '   {Enter}')
  expect(onSend).not.toHaveBeenCalled()
})

test('what was not sent comes back', async () => {
  const { box } = show({ onSend: async () => false })
  await userEvent.type(box, 'precious{Enter}')
  expect(box.value).toBe('precious')
})

test('a draft is kept for its conversation, and gone once it was sent', async () => {
  const first = show()
  await userEvent.type(first.box, 'half a thou')
  first.unmount()
  const second = show()
  expect(second.box.value).toBe('half a thou')
  second.unmount()
  const other = show({ conversationId: 'c2' })
  expect(other.box.value).toBe('')
  other.unmount()
  const third = show()
  await userEvent.type(third.box, 'ght{Enter}')
  third.unmount()
  expect(show().box.value).toBe('')
})

test('while an answer is written it can be stopped, and another question sent', async () => {
  const { box, onStop, onSend } = show({ running: true })
  expect(screen.queryByRole('button', { name: 'Send' })).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Stop the answer' }))
  expect(onStop).toHaveBeenCalledOnce()
  await userEvent.type(box, 'and this?')
  await userEvent.click(screen.getByRole('button', { name: 'Send' }))
  expect(onSend).toHaveBeenCalledWith('and this?')
})

test('the up arrow in an empty box edits the last question', async () => {
  const { box, onEditLast } = show()
  await userEvent.type(box, '{ArrowUp}')
  expect(onEditLast).toHaveBeenCalledOnce()
  await userEvent.type(box, 'x{ArrowUp}')
  expect(onEditLast).toHaveBeenCalledOnce()
})
