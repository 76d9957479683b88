import { isAttachedList, type Attached } from './attachment'

/** Why something that was to be sent by itself is not. */
export type HoldReason = 'stopped' | 'failed' | 'away' | 'unsent' | 'unsure'

/** A question that was written while an answer was. */
export interface Queued {
  id: string
  text: string
  attached: Attached[]
  held?: HoldReason
  /** What the server said of it, if it did not take it. */
  why?: string
  /** A tab is sending it, or was when it was closed. */
  sending?: true
}

/** What waits to be asked in a thread. */
export interface Queue {
  items: Queued[]
  /** The id of the answer after which the last of them was asked: only a later one lets the next go. */
  after?: string
}

export const emptyQueue: Queue = { items: [] }

/** How many may wait. */
export const queueLength = 10

/** How an answer ended, by its id; `at` is when. */
export interface Ended {
  id: string
  status: 'finished' | 'failed' | 'stopped'
  at: string | undefined
}

/** After this time, in milliseconds, nobody expects what waited to be sent when the page is opened again. */
const staleAfter = 2 * 60_000

/**
 * Says what is due now that no answer is being written: the next may be sent, or all are held
 * and why, or nothing. `seen` is that this page saw the answer being written.
 */
export function due(
  queue: Queue,
  ended: Ended | undefined,
  seen: boolean,
  now: number,
): 'send' | HoldReason | null {
  const [first] = queue.items
  if (!first || first.held) return null
  // It cannot be told from here whether the tab that does so is still there: it is tried.
  if (first.sending) return 'send'
  if (!ended || queue.after === ended.id) return null
  if (ended.status !== 'finished') return ended.status
  const age = ended.at === undefined ? 0 : now - Date.parse(ended.at)
  return seen || age < staleAfter ? 'send' : 'away'
}

/** Holds all that are not held yet. */
export function hold(queue: Queue, reason: HoldReason): Queue {
  return { ...queue, items: queue.items.map((one) => (one.held ? one : { ...one, held: reason })) }
}

/** Returns the queue with one of its items as the change has it; none removes it. */
export function change(queue: Queue, id: string, next: (item: Queued) => Queued | null): Queue {
  return {
    ...queue,
    items: queue.items.flatMap((one) => {
      const changed = one.id === id ? next(one) : one
      return changed ? [changed] : []
    }),
  }
}

/** An item as it was before anything became of it. */
export function released({ id, text, attached }: Queued): Queued {
  return { id, text, attached }
}

/** Recognises what was stored. */
export function isQueue(value: unknown): value is Queue {
  if (typeof value !== 'object' || value === null || !('items' in value) || !Array.isArray(value.items))
    return false
  return value.items.every(
    (one: unknown) =>
      typeof one === 'object' &&
      one !== null &&
      'id' in one &&
      typeof one.id === 'string' &&
      'text' in one &&
      typeof one.text === 'string' &&
      'attached' in one &&
      isAttachedList(one.attached),
  )
}
