import { memo, useMemo } from 'react'
import ReactMarkdown, { type Components, type Options } from 'react-markdown'
import remarkCjkFriendly from 'remark-cjk-friendly'
import remarkGfm from 'remark-gfm'
import remarkMath from 'remark-math'
import { CodeBlock } from './CodeBlock'
import { fixMath } from './fixMath'
import { heal } from './heal'
import { Link, Picture, safeUrl, Table } from './elements'
import { type Block, splitBlocks } from './splitBlocks'
import { useMathPlugin } from './useMathPlugin'
import './markdown.css'

const remarkPlugins: Options['remarkPlugins'] = [remarkGfm, remarkMath, remarkCjkFriendly]
const remarkRehypeOptions: Options['remarkRehypeOptions'] = { clobberPrefix: 'note-' }

const common: Components = { a: Link, img: Picture, table: Table }
const closed: Components = { ...common, pre: ({ children }) => <CodeBlock open={false}>{children}</CodeBlock> }
const opened: Components = { ...common, pre: ({ children }) => <CodeBlock open>{children}</CodeBlock> }

interface MarkdownProps {
  text: string
  /** Text is still being appended: the last block is healed. */
  live?: boolean
}

/** Safe Markdown: HTML is shown as text, nothing is fetched from elsewhere, and only the last block is parsed again as it grows. */
export function Markdown({ text, live = false }: MarkdownProps) {
  const blocks = useMemo(() => splitBlocks(fixMath(text.replaceAll('\r\n', '\n'))), [text])
  const math = useMathPlugin(text)
  return (
    <div className="markdown">
      {blocks.map((block, index) => (
        // Blocks only ever grow at the end, so the place is the identity.
        // oxlint-disable-next-line react/no-array-index-key
        <MarkdownBlock key={index} text={block.text} code={block.code} open={live && block.open} live={live && index === blocks.length - 1} math={math} />
      ))}
    </div>
  )
}

interface BlockProps extends Block {
  live: boolean
  math: Options['rehypePlugins']
}

const MarkdownBlock = memo(function MarkdownBlock({ text, code, open, live, math }: BlockProps) {
  return (
    <ReactMarkdown
      remarkPlugins={remarkPlugins}
      rehypePlugins={math}
      remarkRehypeOptions={remarkRehypeOptions}
      components={open ? opened : closed}
      urlTransform={safeUrl}
    >
      {live && !code ? heal(text) : text}
    </ReactMarkdown>
  )
})
