import { useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import type { VListHandle } from 'virtua'

const near_px = 40

/**
 * Keeps the list at its end while the reader is there, whatever makes the last row grow (text, a formula, a diagram). Scrolling
 * up lets go; coming back near the end takes hold again. A row to be shown `first` (-1: none) is shown instead of the end.
 */
export function useStickToEnd(rows: number, sent: number, first: number, onAway: (away: boolean) => void) {
  const list = useRef<VListHandle>(null)
  const stuck = useRef(true)
  const offset = useRef(0)
  const observer = useRef<ResizeObserver | null>(null)

  const follow = useCallback(() => {
    // The spacer after the last row is the row with this number.
    if (stuck.current) list.current?.scrollToIndex(rows, { align: 'end' })
  }, [rows])

  const onScroll = useCallback(
    (next: number) => {
      const handle = list.current
      if (!handle) return
      const near = handle.scrollSize - next - handle.viewportSize < near_px
      // A scroll event may come late, when the text has grown again: only going up means leaving.
      if (near) stuck.current = true
      else if (next < offset.current - 2) stuck.current = false
      offset.current = next
      onAway(!near && !stuck.current)
    },
    [onAway],
  )

  const toEnd = useCallback(() => {
    stuck.current = true
    onAway(false)
    follow()
  }, [follow, onAway])

  const lastRow = useCallback(
    (element: HTMLElement | null) => {
      observer.current?.disconnect()
      if (!element) return
      observer.current = new ResizeObserver(follow)
      observer.current.observe(element)
    },
    [follow],
  )

  const show = () => {
    if (sent > 0 || first < 0) return toEnd()
    stuck.current = false
    list.current?.scrollToIndex(first, { align: 'start' })
  }
  useLayoutEffect(show, [sent, first]) // oxlint-disable-line react/exhaustive-deps -- only when something was sent or looked for
  useEffect(() => {
    addEventListener('resize', follow)
    return () => removeEventListener('resize', follow)
  }, [follow])
  return { list, lastRow, onScroll, toEnd }
}
