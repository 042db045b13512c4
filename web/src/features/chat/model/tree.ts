import type { Message } from '@/api/types'

export interface PathEntry {
  message: Message
  /** Ids of the versions of this message, oldest first; itself among them. */
  siblings: string[]
}

/** Which child is shown under a parent; the key of the first messages is "". */
export type Selection = Readonly<Record<string, string>>

export const parentKey = (message: Pick<Message, 'parent_id'>) => message.parent_id ?? ''

function childrenByParent(messages: readonly Message[]): Map<string, Message[]> {
  const ids = new Set(messages.map((message) => message.id))
  const children = new Map<string, Message[]>()
  for (const message of messages) {
    // A message whose parent is not here is shown rather than lost.
    const parent = ids.has(parentKey(message)) ? parentKey(message) : ''
    const list = children.get(parent)
    if (list) list.push(message)
    else children.set(parent, [message])
  }
  return children
}

/** The time of the newest message at or below each one. Expects parents before children, as the server lists them. */
function newestBelow(messages: readonly Message[]): Map<string, number> {
  const newest = new Map(messages.map((message) => [message.id, message.created_at]))
  for (const message of messages.toReversed()) {
    const parent = newest.get(parentKey(message))
    if (parent !== undefined) newest.set(parentKey(message), Math.max(parent, newest.get(message.id)!))
  }
  return newest
}

/** The messages from the first one to a leaf: by the reader's selection, else towards the newest message. */
export function visiblePath(messages: readonly Message[], selection: Selection): PathEntry[] {
  const children = childrenByParent(messages)
  const newest = newestBelow(messages)
  const path: PathEntry[] = []
  for (let siblings = children.get(''); siblings; siblings = children.get(path.at(-1)!.message.id)) {
    const parent = path.at(-1)?.message.id ?? ''
    const chosen = siblings.find((message) => message.id === selection[parent])
    const message = chosen ?? siblings.reduce((best, next) => (newest.get(next.id)! >= newest.get(best.id)! ? next : best))
    path.push({ message, siblings: siblings.map((sibling) => sibling.id) })
  }
  return path
}

/** The sibling that stands `step` places from the message, or undefined at the end. */
export function neighbour(entry: PathEntry, step: 1 | -1): string | undefined {
  return entry.siblings[entry.siblings.indexOf(entry.message.id) + step]
}

/** A selection that shows this message, whatever branch it stands in. */
export function selectionTo(messages: readonly Message[], id: string): Selection {
  const byId = new Map(messages.map((message) => [message.id, message]))
  const selection: Record<string, string> = {}
  for (let message = byId.get(id); message; message = byId.get(parentKey(message))) selection[parentKey(message)] = message.id
  return selection
}
