import { render, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Markdown } from './Markdown'

function show(text: string, live = false): HTMLElement {
  return render(<Markdown text={text} live={live} />).container.querySelector<HTMLElement>('.markdown')!
}

/** Formulas need KaTeX, which comes on its own. */
async function showMath(text: string): Promise<HTMLElement> {
  const shown = show(text)
  await waitFor(() => expect(shown.querySelector('.katex')).not.toBeNull())
  return shown
}

test('money stays money', () => {
  const shown = show('It is $5 today and $10 tomorrow.')
  expect(shown).toHaveTextContent('It is $5 today and $10 tomorrow.')
  expect(shown.querySelector('.katex, .math-inline')).toBeNull()
})

test('bold stands next to Chinese quotation marks and full stops', () => {
  const shown = show('**“数据边界”。**然后继续')
  expect(shown.querySelector('strong')).toHaveTextContent('“数据边界”。')
  expect(shown).toHaveTextContent('“数据边界”。然后继续')
  expect(shown.textContent).not.toContain('*')
})

test('a dollar in an open fence is code', () => {
  const shown = show('```bash\necho $1 and $2\ncost=$5', true)
  expect(shown.querySelector('pre')).toHaveTextContent('echo $1 and $2 cost=$5')
  expect(shown.textContent).not.toContain('\\$')
})

test('a dollar in a code span is code', () => {
  expect(show('Use `$HOME` or `$PATH` here').textContent).toBe('Use $HOME or $PATH here')
})

test('round and square brackets are mathematics', async () => {
  const shown = await showMath('Inline \\( a^2 \\) and\n\n\\[ \\frac{1}{2} \\]\n\nend')
  expect(shown.querySelectorAll('.katex')).toHaveLength(2)
  expect(shown.querySelectorAll('.katex-display')).toHaveLength(1)
})

test('a display formula with blank lines is one formula', async () => {
  const shown = await showMath('$$\na = b\n\n+ c\n$$\n\nend')
  expect(shown.querySelectorAll('.katex-display')).toHaveLength(1)
})

test('a wrong formula is shown, not thrown', async () => {
  const shown = await showMath('$x$ and $\\frac{1}{$')
  expect(shown).toHaveTextContent('\\frac{1}{')
})

test('angle brackets keep their text', () => {
  expect(show('Vec<String> and a<b and <T>').textContent).toContain('Vec<String> and a<b and <T>')
})

test.each(['details', 'sub', 'think'])('the element %s is shown as text', (name) => {
  const shown = show(`before <${name}>inside</${name}> after`)
  expect(shown.textContent).toContain(`<${name}>inside</${name}>`)
  expect(shown.querySelector(name)).toBeNull()
})

test('a block of HTML is shown as text', () => {
  const shown = show('<details>\n<summary>More</summary>\nhidden\n</details>')
  expect(shown.querySelector('details')).toBeNull()
  expect(shown.textContent).toContain('<summary>More</summary>')
})

test('footnotes are linked over paragraphs', () => {
  const shown = show('First[^1].\n\nSecond.\n\n[^1]: The note.')
  expect(shown.querySelector('sup a')).toHaveAttribute('href', '#note-fn-1')
  expect(shown.querySelector('.footnotes')).toHaveTextContent('The note.')
})

test.each([
  ['bold', 'This is **impor', 'This is impor', 'strong'],
  ['link', 'See [the manual](https://exa', 'See the manual', 'p'],
  ['table', '| a | b |\n|---|---|\n| 1 | tw', 'a b 1 tw', 'table'],
  ['code span', 'Run `make te', 'Run make te', 'code'],
])('an unfinished %s is shown while it is written', (_, text, expected, element) => {
  const shown = show(text, true)
  expect(shown.querySelector(element)).not.toBeNull()
  for (const word of expected.split(' ')) expect(shown.textContent).toContain(word)
})

test.each([
  ['script', '<script>window.hurt = 1</script>'],
  ['handler', '<img src=x onerror="window.hurt = 1">'],
  ['iframe', '<iframe src="https://evil.example"></iframe>'],
  ['svg', '<svg onload="window.hurt = 1"></svg>'],
  ['address', '[click](javascript:window.hurt=1)'],
  ['data address', '[click](data:text/html,<script>1</script>)'],
])('a harmful %s is harmless', (_, text) => {
  const shown = show(text)
  expect(shown.querySelector('script, iframe, svg[onload], [onerror], img')).toBeNull()
  for (const link of shown.querySelectorAll('a')) expect(link.getAttribute('href') ?? '').not.toMatch(/^(javascript|data):/)
  expect('hurt' in window).toBe(false)
})

test('a picture elsewhere becomes a link', () => {
  const shown = show('![x](https://evil.example/?d=secret)')
  expect(shown.querySelector('img')).toBeNull()
  expect(shown.querySelector('a')).toHaveAttribute('href', 'https://evil.example/?d=secret')
  expect(shown.querySelector('a')).toHaveAttribute('rel', expect.stringContaining('noopener'))
})

test('a picture in the text is shown', () => {
  expect(show('![dot](data:image/png;base64,iVBORw0KGgo=)').querySelector('img')).toHaveAttribute('alt', 'dot')
})

test('code is highlighted and can be copied', async () => {
  const shown = show('```python\ndef f(): return 1\n```')
  expect(shown.querySelector('button')).toHaveAccessibleName('Copy code')
  await waitFor(() => expect(shown.querySelector('.hljs-keyword')).toHaveTextContent('def'))
  expect(shown.querySelector('pre')).toHaveTextContent('def f(): return 1')
})

test('the same blocks stay in place when the text ends', () => {
  const text = 'First.\n\nSecond **bold**.'
  const { container, rerender } = render(<Markdown text={text} live />)
  const before = container.querySelectorAll('p')[0]
  rerender(<Markdown text={text} />)
  expect(container.querySelectorAll('p')[0]).toBe(before)
})
