import { frameParser } from './frames'
import { isTerminal, parseEvent, type NumberedEvent } from './parse-event'
import { onceHidden, untilShown } from './visibility'

/**
 * What a reader of a run meets: `open` (events flow, from now or again), a batch
 * of `events`, `lost` (the connection broke, or was refused for want of a session, and is
 * being tried again), `gone` (the server knows no such run). Nothing follows `gone`.
 */
export type StreamItem =
  | { kind: 'open' }
  | { kind: 'events'; events: NumberedEvent[] }
  | { kind: 'lost'; signedOut: boolean }
  | { kind: 'gone' }

/** What readEvents needs; all but the signal have defaults that fit a browser. */
export interface ReadOptions {
  /** Ends the reading, at once and without an error. */
  signal: AbortSignal
  /** Skips the events up to this id. */
  after?: number
  fetch?: typeof globalThis.fetch
}

/** Longest silence, in milliseconds, before a connection counts as dead: the server pings every 15 s. */
export const idleLimit = 40_000
/**
 * How long, in milliseconds, a page may be out of sight before it hangs up. Over
 * HTTP/1.1 a browser has six connections for all tabs together: as many tabs that
 * follow a run would leave none to ask, or to stop, anything.
 */
export const hiddenLimit = 10_000
const firstPause = 500
const longestPause = 10_000

/**
 * Reads the events of a run until it has ended, across any number of lost
 * connections: each reconnection asks for what comes after the last id seen, and
 * an id that was seen already is dropped. A stream that closes without `[DONE]`
 * or a terminal event counts as lost, never as the end. Pauses between attempts
 * double up to 10 s, begin anew once a connection holds, and end early when the browser
 * comes back online. A page out of sight hangs up, and goes on when it is shown.
 */
export async function* readEvents(runId: string, options: ReadOptions): AsyncGenerator<StreamItem, void> {
  const { signal, fetch = globalThis.fetch.bind(globalThis) } = options
  let seen = options.after ?? 0
  let failures = 0
  while (!signal.aborted) {
    const attempt = new AbortController()
    const stop = () => attempt.abort()
    signal.addEventListener('abort', stop, { once: true })
    const watchdog = idleTimer(stop)
    const seenAgain = onceHidden(hiddenLimit, stop)
    let signedOut = false
    try {
      const response = await fetch(`/api/runs/${encodeURIComponent(runId)}/events?after=${seen}`, {
        signal: attempt.signal,
        headers: { Accept: 'text/event-stream' },
        cache: 'no-store',
        redirect: 'manual',
      })
      // The gateway leads who has no session to its sign-in.
      signedOut = response.status === 401 || response.type === 'opaqueredirect'
      if (response.status === 404 || response.status === 410) {
        yield { kind: 'gone' }
        return
      }
      if (isEventStream(response) && response.body) {
        yield { kind: 'open' }
        let pieces = 0
        const onBytes = () => {
          watchdog.reset()
          if (++pieces > 1) failures = 0
        }
        for await (const frames of framesOf(response.body, attempt.signal, onBytes)) {
          const events: NumberedEvent[] = []
          let over = false
          for (const { id, data } of frames) {
            const number = Number(id)
            over ||= data === '[DONE]'
            if (over || !(number > seen)) continue
            seen = number
            const event = parseEvent(data)
            if (!event) continue
            events.push({ id: number, event })
            over = isTerminal(event)
          }
          if (events.length > 0) yield { kind: 'events', events }
          if (over) return
        }
      }
    } catch (error) {
      if (!isNetworkFailure(error)) throw error
    } finally {
      watchdog.stop()
      seenAgain()
      signal.removeEventListener('abort', stop)
      stop()
    }
    if (signal.aborted) return
    yield { kind: 'lost', signedOut }
    await pause(Math.min(firstPause * 2 ** failures++, longestPause), signal)
    await untilShown(signal)
  }
}

function isEventStream(response: Response): boolean {
  return response.ok && (response.headers.get('Content-Type') ?? '').startsWith('text/event-stream')
}

/** fetch and body readers fail with TypeError (network) or AbortError (ours). */
function isNetworkFailure(error: unknown): boolean {
  const name = typeof error === 'object' && error !== null && 'name' in error ? error.name : ''
  return name === 'TypeError' || name === 'AbortError'
}

async function* framesOf(body: ReadableStream<Uint8Array>, signal: AbortSignal, onBytes: () => void) {
  const reader = body.getReader()
  const cancel = () => void reader.cancel().catch(() => undefined)
  signal.addEventListener('abort', cancel, { once: true })
  const decoder = new TextDecoder()
  const parse = frameParser()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      onBytes()
      const frames = parse(decoder.decode(value, { stream: true }))
      if (frames.length > 0) yield frames
    }
  } finally {
    signal.removeEventListener('abort', cancel)
    cancel()
  }
}

function idleTimer(expire: () => void) {
  let timer = setTimeout(expire, idleLimit)
  return {
    reset() {
      clearTimeout(timer)
      timer = setTimeout(expire, idleLimit)
    },
    stop: () => clearTimeout(timer),
  }
}

/** Waits; returns early when the signal aborts or the browser comes back online. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', finish)
      globalThis.removeEventListener('online', finish)
      resolve()
    }
    const timer = setTimeout(finish, ms)
    signal.addEventListener('abort', finish)
    globalThis.addEventListener('online', finish)
  })
}
