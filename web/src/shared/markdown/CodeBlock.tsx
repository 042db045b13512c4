import { isValidElement, lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../ui/CopyButton'
import { useHighlighter } from './useHighlighter'

const Diagram = lazy(() => import('./Diagram'))

interface CodeProps {
  className?: string
  children?: ReactNode
}

/** Stands for `pre`: its child is the `code` that react-markdown made. */
export function CodeBlock({ children, open }: { children: ReactNode; open: boolean }) {
  const code: CodeProps = isValidElement<CodeProps>(children) ? children.props : {}
  const text = typeof code.children === 'string' ? code.children.replace(/\n$/, '') : ''
  const language = /language-(\S+)/.exec(code.className ?? '')?.[1] ?? ''
  if (code.className?.includes('math-display')) return <pre className="formula-source">{children}</pre>
  const listing = <Listing text={text} language={language} />
  if (language !== 'mermaid') return listing
  return (
    <Suspense fallback={listing}>
      <Diagram source={text} open={open} fallback={listing} />
    </Suspense>
  )
}

function Listing({ text, language }: { text: string; language: string }) {
  const { t } = useTranslation()
  const highlight = useHighlighter()
  const html = highlight?.(text, language)
  return (
    <div className="code-block">
      <div className="code-head">
        <span>{language}</span>
        <CopyButton text={text} label={t('code.copy')} />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0}>
        {/* highlight.js escapes all text that it gets. */}
        {html === undefined ? <code>{text}</code> : <code className="hljs" dangerouslySetInnerHTML={{ __html: html }} />}
      </pre>
    </div>
  )
}
