import { useCallback, useEffect, useRef, useState } from 'react'
import { problemOf } from '@/lib/api'
import { inOneTab } from '@/lib/one-tab'
import { loadJSON, save, watch } from '@/lib/storage'
import { newId, type Attached } from './attachment'
import {
  change,
  due,
  emptyQueue,
  hold,
  isQueue,
  queueLength,
  released,
  type Ended,
  type Queue,
  type Queued,
} from './queue'

/** How things stand in the thread: whether an answer is being written, and how the last one ended. */
export interface Standing {
  running: boolean
  ended: Ended | undefined
}

/**
 * useQueue keeps what was written while an answer was, under the draft's own name, and sends it
 * once that answer is finished: one after the other, and from one of the tabs that show the
 * thread. What another tab changes is seen here.
 */
export function useQueue(
  draft: string | null,
  { running, ended }: Standing,
  onSend: (text: string, attached: readonly Attached[]) => Promise<void>,
) {
  const name = draft === null ? null : `${draft}.queue`
  const [queue, setQueue] = useState<Queue>(() => stored(name))
  const now = useRef(queue)
  const kept = useRef(true)
  const seen = useRef(running)
  const busy = useRef(false)

  /** Shows and stores another queue; one that cannot be stored is this tab's alone. */
  const write = useCallback(
    (next: Queue) => {
      now.current = next
      setQueue(next)
      if (name !== null) kept.current = save(name, next.items.length === 0 ? null : JSON.stringify(next))
    },
    [name],
  )
  /** Returns the queue as the tabs have it, and shows it. */
  const read = useCallback(() => {
    if (name !== null && kept.current) now.current = stored(name)
    setQueue(now.current)
    return now.current
  }, [name])

  useEffect(() => {
    if (name === null) return
    read()
    return watch(name, read)
  }, [name, read])

  /** Sends an item; only one tab at a time is to do so. */
  const deliver = useCallback(
    async (id: string) => {
      const before = read()
      const item = before.items.find((one) => one.id === id)
      if (!item) return
      if (item.sending) {
        // Whoever sent it went away before the answer: the thread shows whether it came.
        write(change(before, id, (one) => ({ ...released(one), held: 'unsure' })))
        return
      }
      const marked = change(before, id, (one) => ({ ...released(one), sending: true }))
      write(ended ? { ...marked, after: ended.id } : marked)
      try {
        await onSend(item.text, item.attached)
        write(change(read(), id, () => null))
      } catch (error) {
        const problem = problemOf(error)
        // At a conflict somebody else was faster: the turn comes after that answer.
        const next: Queued =
          problem.status === 409 ? released(item) : { ...released(item), held: 'unsent', why: problem.detail }
        write(change(read(), id, () => next))
      }
    },
    [ended, onSend, read, write],
  )
  const send = useCallback(
    async (id: string) => {
      if (busy.current || name === null) return
      busy.current = true
      await inOneTab(name, () => deliver(id))
      busy.current = false
    },
    [deliver, name],
  )

  useEffect(() => {
    if (running) {
      seen.current = true
      return
    }
    const what = due(queue, ended, seen.current, Date.now())
    const [first] = queue.items
    if (what === 'send' && first) void send(first.id)
    else if (what !== null && what !== 'send') write(hold(now.current, what))
  }, [queue, running, ended, send, write])

  const add = useCallback(
    (text: string, attached: readonly Attached[]) => {
      if (now.current.items.length >= queueLength) return false
      write({ ...now.current, items: [...now.current.items, { id: newId(), text, attached: [...attached] }] })
      return true
    },
    [write],
  )
  const remove = useCallback((id: string) => write(change(now.current, id, () => null)), [write])
  const restore = useCallback(
    (item: Queued) => write({ ...now.current, items: [...now.current.items, item] }),
    [write],
  )
  /** Sends what was held now, or lets it be sent when the answer is finished. */
  const release = useCallback(
    (id: string) => {
      if (running) write(change(now.current, id, released))
      else void send(id)
    },
    [running, send, write],
  )
  return { items: queue.items, add, remove, restore, release }
}

function stored(name: string | null): Queue {
  return name === null ? emptyQueue : (loadJSON(name, isQueue) ?? emptyQueue)
}
