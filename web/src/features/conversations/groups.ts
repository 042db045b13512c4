import type { Conversation } from '@/api/types'
import { toDate } from '@/shared/lib/time'

export type GroupName = 'pinned' | 'today' | 'yesterday' | 'week' | 'month'

export interface Group {
  /** A fixed name, or the month as `2026-03`. */
  name: GroupName | `${number}-${string}`
  items: Conversation[]
}

const startOfDay = (date: Date, days_before = 0) => new Date(date.getFullYear(), date.getMonth(), date.getDate() - days_before).getTime()

function groupOf(item: Conversation, now: Date): Group['name'] {
  if (item.pinned) return 'pinned'
  const date = toDate(item.updated_at)
  const time = date.getTime()
  if (time >= startOfDay(now)) return 'today'
  if (time >= startOfDay(now, 1)) return 'yesterday'
  if (time >= startOfDay(now, 7)) return 'week'
  if (time >= startOfDay(now, 30)) return 'month'
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}`
}

/** In the order of the list, which is the server's: pinned first, then by last change. */
export function groupByDate(items: readonly Conversation[], now: Date): Group[] {
  const groups = new Map<Group['name'], Conversation[]>()
  for (const item of items) {
    const name = groupOf(item, now)
    const group = groups.get(name)
    if (group) group.push(item)
    else groups.set(name, [item])
  }
  return [...groups].map(([name, list]) => ({ name, items: list }))
}
