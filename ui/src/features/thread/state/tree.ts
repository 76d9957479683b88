import type { Message } from '@/wire/wire.gen'

/** Which child of a message a reader has chosen to see; the root's key is ''. */
export type Selection = Readonly<Record<string, string>>

/** One of several messages after the same parent: its place, counted from 1, and its neighbours. */
export interface Branch {
  place: number
  count: number
  earlier: string | undefined
  later: string | undefined
}

/** The messages after each message, by its id, in the order of the thread. */
function childrenOf(messages: readonly Message[]): Map<string, Message[]> {
  const children = new Map<string, Message[]>()
  for (const m of messages) {
    const siblings = children.get(m.parentId)
    if (siblings) siblings.push(m)
    else children.set(m.parentId, [m])
  }
  return children
}

/**
 * Returns the line of the tree that is on view, from its root to a leaf. Where it
 * forks it follows the selection, and else the branch in which the newest message
 * of all is, so that a thread opens where it was left. Messages come in the order
 * of their creation, as the server sends them.
 */
export function visiblePath(messages: readonly Message[], selection: Selection): Message[] {
  const children = childrenOf(messages)
  const order = new Map(messages.map((m, i) => [m.id, i]))
  const newestBelow = new Map<string, number>()
  for (const m of messages.toReversed()) {
    const newest = Math.max(newestBelow.get(m.id) ?? -1, order.get(m.id) ?? -1)
    newestBelow.set(m.id, newest)
    newestBelow.set(m.parentId, Math.max(newestBelow.get(m.parentId) ?? -1, newest))
  }
  const path: Message[] = []
  for (let at = ''; path.length <= messages.length;) {
    const next = children.get(at) ?? []
    const chosen =
      next.find((m) => m.id === selection[at]) ??
      next.reduce<Message | undefined>(
        (best, m) => (best && (newestBelow.get(best.id) ?? -1) > (newestBelow.get(m.id) ?? -1) ? best : m),
        undefined,
      )
    if (!chosen) break
    path.push(chosen)
    at = chosen.id
  }
  return path
}

/**
 * Returns for each message that has siblings its place among them. Questions are the
 * siblings of questions, answers of answers; only after an answer they may be siblings of
 * one another, where one was asked on and the other continues it, so that both are reached.
 */
export function branches(messages: readonly Message[]): Map<string, Branch> {
  const out = new Map<string, Branch>()
  const answers = new Set(messages.flatMap((m) => (m.role === 'assistant' ? [m.id] : [])))
  for (const [parent, family] of childrenOf(messages)) {
    const apart = ['user', 'assistant'].map((role) => family.filter((m) => m.role === role))
    for (const siblings of answers.has(parent) ? [family] : apart) {
      if (siblings.length < 2) continue
      siblings.forEach((m, i) => {
        out.set(m.id, {
          place: i + 1,
          count: siblings.length,
          earlier: siblings[i - 1]?.id,
          later: siblings[i + 1]?.id,
        })
      })
    }
  }
  return out
}

/** Returns the selection that shows a message, and leaves the rest as it was. */
export function select(messages: readonly Message[], selection: Selection, id: string): Selection {
  const byId = new Map(messages.map((m) => [m.id, m]))
  const next: Record<string, string> = { ...selection }
  let steps = messages.length
  for (let m = byId.get(id); m && steps-- > 0; m = byId.get(m.parentId)) next[m.parentId] = m.id
  return next
}
