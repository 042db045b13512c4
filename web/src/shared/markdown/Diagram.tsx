import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTheme } from '../theme/themeStore'
import { drawDiagram, knownDiagram, warmUp } from './drawDiagram'

interface DiagramProps {
  source: string
  open: boolean
  fallback: ReactNode
}

/** A Mermaid diagram, drawn when its fence has closed; the source while it is written, or when it cannot be drawn. */
export default function Diagram({ source, open, fallback }: DiagramProps) {
  const { t } = useTranslation()
  const dark = useTheme((state) => state.dark)
  const [drawn, setDrawn] = useState<{ svg?: string; failed?: boolean }>({})
  const [showSource, setShowSource] = useState(false)
  const svg = knownDiagram(source, dark) ?? drawn.svg

  useEffect(() => {
    let left = false
    if (open) void warmUp().catch(() => {})
    else
      drawDiagram(source, dark).then(
        (value) => !left && setDrawn({ svg: value }),
        () => !left && setDrawn({ failed: true }),
      )
    return () => {
      left = true
    }
  }, [source, dark, open])

  if (open || drawn.failed || !svg)
    return (
      <>
        {drawn.failed && !open && <p className="diagram-note">{t('code.diagram_failed')}</p>}
        {fallback}
      </>
    )
  return (
    <figure className="diagram">
      <button type="button" className="text-button" onClick={() => setShowSource(!showSource)} aria-pressed={showSource}>
        {t(showSource ? 'code.diagram' : 'code.diagram_source')}
      </button>
      {/* Mermaid's strict level sanitises what it draws; the CSP forbids scripts and foreign addresses besides. */}
      {showSource ? fallback : <div role="img" aria-label={t('code.diagram')} dangerouslySetInnerHTML={{ __html: svg }} />}
    </figure>
  )
}
