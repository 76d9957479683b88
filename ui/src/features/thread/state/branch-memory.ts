import { loadJSON, save } from '@/lib/storage'

const name = 'branches'

/** So many threads have their branch remembered; the one chosen longest ago makes room. */
export const threadsKept = 100

/** Threads with the last message of the line on view, the latest choice last. */
type Kept = [threadId: string, messageId: string][]

/** Returns the message whose line a thread was left on, if that was not the newest. */
export function recallBranch(threadId: string): string | undefined {
  return read().find(([id]) => id === threadId)?.[1]
}

/** Remembers which line of a thread is on view; undefined is the newest, which needs no memory. */
export function rememberBranch(threadId: string, messageId: string | undefined) {
  const others = read().filter(([id]) => id !== threadId)
  const kept: Kept = messageId === undefined ? others : [...others, [threadId, messageId]]
  save(name, kept.length === 0 ? null : JSON.stringify(kept.slice(-threadsKept)))
}

function read(): Kept {
  return loadJSON(name, isKept) ?? []
}

function isKept(value: unknown): value is Kept {
  return (
    Array.isArray(value) &&
    value.every((one) => Array.isArray(one) && one.length === 2 && one.every((id) => typeof id === 'string'))
  )
}
