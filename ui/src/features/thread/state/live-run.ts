import { apply, emptyMessage } from '@/wire/apply'
import { readEvents } from '@/wire/read-events'
import type { Event, Message } from '@/wire/wire.gen'

/** Whether the events of a run flow, or are being asked for again. */
export type Connection = 'live' | 'reconnecting'

/**
 * A message that is being written, as a store for useSyncExternalStore. It changes
 * with every second frame at most, however fast the events come.
 */
export interface LiveMessage {
  readonly runId: string
  /** The message as of its last change; undefined before its first event. */
  get: () => Message | undefined
  /** Calls back after each change, until the returned function is called. */
  subscribe: (listener: () => void) => () => void
}

/** What followRun tells beside the message itself. */
export interface RunListener {
  onConnection: (connection: Connection) => void
  /** The events are refused because the session has ended; they are asked for again. */
  onSignedOut: () => void
  onTitle: (title: string) => void
  /** A call could not reach its server, or was not let in: what is known of that is out of date. */
  onServer: () => void
  /** Called once, at the end; without a message if the server knows no such run. */
  onEnd: (message: Message | undefined) => void
}

/** A break shorter than this, in milliseconds, is not worth a word. */
const quietBreak = 1_000

/**
 * Follows a run from its first event to its last and folds it into a message.
 * Close ends the following, not the run; nothing is told afterwards.
 */
export function followRun(runId: string, listener: RunListener): LiveMessage & { close: () => void } {
  const stop = new AbortController()
  const listeners = new Set<() => void>()
  let folded = emptyMessage
  let shown: Message | undefined
  const frame = nowAndThen(() => {
    shown = folded
    for (const notify of listeners) notify()
  })
  let worry: ReturnType<typeof setTimeout> | undefined

  const follow = async () => {
    for await (const item of readEvents(runId, { signal: stop.signal })) {
      if (item.kind === 'gone') return undefined
      if (item.kind === 'lost') {
        if (item.signedOut) listener.onSignedOut()
        worry ??= setTimeout(() => listener.onConnection('reconnecting'), quietBreak)
        continue
      }
      clearTimeout(worry)
      worry = undefined
      if (item.kind === 'open') {
        listener.onConnection('live')
        continue
      }
      for (const { event } of item.events) {
        folded = apply(folded, event)
        if (event.type === 'data-title') listener.onTitle(event.data.title)
        if (isOfServer(event)) listener.onServer()
      }
      frame.request()
    }
    return folded
  }
  void follow().then((message) => {
    if (stop.signal.aborted) return
    frame.now()
    listener.onEnd(message)
  })

  return {
    runId,
    get: () => shown,
    subscribe(notify) {
      listeners.add(notify)
      return () => listeners.delete(notify)
    },
    close() {
      clearTimeout(worry)
      frame.cancel()
      stop.abort()
    },
  }
}

/** Whether an event tells of a call's server, and not of the call alone. */
function isOfServer(event: Event): boolean {
  if (event.type === 'data-tool-wait') return event.data.for === 'connect'
  if (event.type !== 'tool-output-error') return false
  return event.kind === 'unauthenticated' || event.kind === 'forbidden' || event.kind === 'server_down'
}

/**
 * How long, in milliseconds, lies between two changes at least. On most screens that is every
 * second frame: nobody reads faster, and an answer costs half the work.
 */
const rest = 30

/** A hidden tab draws no frames; there work is done this often, in milliseconds. */
const hiddenFrame = 250

/** Does something in a frame, once however often it is requested before, and not again before its rest is over. */
function nowAndThen(work: () => void) {
  let frame: number | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let last = -Infinity
  const cancel = () => {
    if (frame !== undefined) cancelAnimationFrame(frame)
    clearTimeout(timer)
    frame = undefined
    timer = undefined
  }
  const now = () => {
    cancel()
    work()
  }
  const inFrame = (at: number) => {
    if (at - last < rest) {
      frame = requestAnimationFrame(inFrame)
      return
    }
    last = at
    now()
  }
  return {
    cancel,
    now,
    request() {
      if (frame !== undefined) return
      frame = requestAnimationFrame(inFrame)
      timer = setTimeout(now, hiddenFrame)
    },
  }
}
