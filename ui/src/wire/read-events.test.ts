// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { NumberedEvent } from './parse-event'
import { hiddenLimit, idleLimit, readEvents, type ReadOptions, type StreamItem } from './read-events'

/** What the fake server does with one request: status, content type, pieces, and how it ends. */
interface Answer {
  status?: number
  type?: string
  pieces?: (string | Uint8Array)[]
  end?: 'close' | 'cut' | 'hang' | 'refuse'
}

/** A server that gives each request the next of its answers and remembers what was asked. */
function server(...answers: Answer[]) {
  const asked: string[] = []
  const fetch: typeof globalThis.fetch = (url, init) => {
    asked.push(String(url))
    const {
      status = 200,
      type = 'text/event-stream',
      pieces = [],
      end = 'close',
    } = answers.shift() ?? { end: 'hang' }
    if (end === 'refuse') return Promise.reject(new TypeError('Failed to fetch'))
    const waiting = pieces.map((p) => (typeof p === 'string' ? new TextEncoder().encode(p) : p))
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        init?.signal?.addEventListener('abort', () => {
          try {
            controller.error(new DOMException('aborted', 'AbortError'))
          } catch {
            return
          }
        })
      },
      pull(controller) {
        const piece = waiting.shift()
        if (piece) controller.enqueue(piece)
        else if (end === 'close') controller.close()
        else if (end === 'cut') controller.error(new TypeError('network error'))
        else return new Promise<void>(() => undefined)
        return undefined
      },
    })
    return Promise.resolve(new Response(body, { status, headers: { 'Content-Type': type } }))
  }
  return { fetch, asked }
}

const text = (id: number, delta: string) =>
  `id: ${id}\ndata: {"type":"text-delta","id":"t","delta":"${delta}"}\n\n`
const finish = (id: number) =>
  `id: ${id}\ndata: {"type":"finish","finishReason":"stop","messageMetadata":{"at":"2026-01-02T00:00:00Z"}}\n\n`
const done = 'data: [DONE]\n\n'

const word = ({ event }: NumberedEvent) => (event.type === 'text-delta' ? event.delta : event.type)

/** Reads to the end and returns what was met, a word for each delta. */
async function read(fetch: typeof globalThis.fetch, options: Partial<ReadOptions> = {}) {
  const met: string[] = []
  const describeItem = (item: StreamItem) => {
    if (item.kind === 'events') met.push(...item.events.map(word))
    else met.push(`(${item.kind})`)
  }
  const reading = (async () => {
    for await (const item of readEvents('run_1', {
      signal: new AbortController().signal,
      fetch,
      ...options,
    })) {
      describeItem(item)
    }
  })()
  await vi.runAllTimersAsync()
  await reading
  return met
}

describe('readEvents', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  const cases: { name: string; answers: Answer[]; want: string[]; asked: number[] }[] = [
    {
      name: 'an unbroken stream',
      answers: [{ pieces: [': stream\n\n', text(1, 'a'), text(2, 'b') + finish(3) + done] }],
      want: ['(open)', 'a', 'b', 'finish'],
      asked: [0],
    },
    {
      name: 'a terminal event ends it without [DONE]',
      answers: [{ pieces: [text(1, 'a') + finish(2)], end: 'hang' }],
      want: ['(open)', 'a', 'finish'],
      asked: [0],
    },
    {
      name: '[DONE] ends it without a terminal event',
      answers: [{ pieces: [text(1, 'a') + done], end: 'hang' }],
      want: ['(open)', 'a'],
      asked: [0],
    },
    {
      name: 'a cut is resumed after the last id',
      answers: [{ pieces: [text(1, 'a'), text(2, 'b')], end: 'cut' }, { pieces: [text(3, 'c') + finish(4)] }],
      want: ['(open)', 'a', 'b', '(lost)', '(open)', 'c', 'finish'],
      asked: [0, 2],
    },
    {
      name: 'a clean end without [DONE] counts as a cut',
      answers: [{ pieces: [text(1, 'a')] }, { pieces: [finish(2)] }],
      want: ['(open)', 'a', '(lost)', '(open)', 'finish'],
      asked: [0, 1],
    },
    {
      name: 'half a frame before the cut is read again',
      answers: [
        { pieces: [text(1, 'a'), text(2, 'b').slice(0, 20)], end: 'cut' },
        { pieces: [text(2, 'b') + finish(3)] },
      ],
      want: ['(open)', 'a', '(lost)', '(open)', 'b', 'finish'],
      asked: [0, 1],
    },
    {
      name: 'ids that were seen are dropped',
      answers: [
        { pieces: [text(1, 'a')], end: 'cut' },
        { pieces: [text(1, 'a') + text(2, 'b') + finish(3)] },
      ],
      want: ['(open)', 'a', '(lost)', '(open)', 'b', 'finish'],
      asked: [0, 1],
    },
    {
      name: 'what has no id is dropped',
      answers: [{ pieces: ['data: {"type":"text-delta","id":"t","delta":"x"}\n\n' + finish(1)] }],
      want: ['(open)', 'finish'],
      asked: [0],
    },
    {
      name: 'unknown types and broken JSON are passed over',
      answers: [
        { pieces: ['id: 1\ndata: {"type":"custom"}\n\nid: 2\ndata: {\n\nid: 3\ndata: 5\n\n' + finish(4)] },
      ],
      want: ['(open)', 'finish'],
      asked: [0],
    },
    {
      name: 'refused connections and other statuses are tried again',
      answers: [{ end: 'refuse' }, { status: 502, type: 'text/html' }, { pieces: [finish(1)] }],
      want: ['(lost)', '(lost)', '(open)', 'finish'],
      asked: [0, 0, 0],
    },
    {
      name: 'a sign-in page is no stream',
      answers: [{ type: 'text/html', pieces: ['<html>'] }, { pieces: [finish(1)] }],
      want: ['(lost)', '(open)', 'finish'],
      asked: [0, 0],
    },
    { name: 'an unknown run is gone', answers: [{ status: 404 }], want: ['(gone)'], asked: [0] },
    {
      name: 'silence longer than the limit counts as a cut',
      answers: [{ pieces: [text(1, 'a')], end: 'hang' }, { pieces: [finish(2)] }],
      want: ['(open)', 'a', '(lost)', '(open)', 'finish'],
      asked: [0, 1],
    },
  ]

  it.each(cases)('reads: $name', async ({ answers, want, asked }) => {
    const s = server(...answers)
    expect(await read(s.fetch)).toEqual(want)
    expect(s.asked).toEqual(asked.map((n) => `/api/runs/run_1/events?after=${n}`))
  })

  it('reads the same however the bytes were cut', async () => {
    const bytes = new TextEncoder().encode(
      text(1, 'Côte') + ': ping\n\n' + text(2, '→ 日本') + finish(3) + done,
    )
    for (let i = 0; i <= bytes.length; i++) {
      const s = server({ pieces: [bytes.slice(0, i), bytes.slice(i)] })
      // oxlint-disable-next-line no-await-in-loop -- each cut is its own case
      expect(await read(s.fetch), `cut at ${i}`).toEqual(['(open)', 'Côte', '→ 日本', 'finish'])
    }
  })

  it('begins after a given id', async () => {
    const s = server({ pieces: [text(4, 'd') + text(5, 'e') + finish(6)] })
    expect(await read(s.fetch, { after: 4 })).toEqual(['(open)', 'e', 'finish'])
    expect(s.asked).toEqual(['/api/runs/run_1/events?after=4'])
  })

  it('stays connected while pings arrive within the limit', async () => {
    let push: ((text: string) => void) | undefined
    const fetch: typeof globalThis.fetch = () => {
      const body = new ReadableStream<Uint8Array>({
        start(c) {
          push = (t) => c.enqueue(new TextEncoder().encode(t))
        },
      })
      return Promise.resolve(new Response(body, { headers: { 'Content-Type': 'text/event-stream' } }))
    }
    const met: string[] = []
    const reading = (async () => {
      for await (const item of readEvents('r', { signal: new AbortController().signal, fetch }))
        met.push(item.kind)
    })()
    for (let i = 0; i < 5; i++) {
      // oxlint-disable-next-line no-await-in-loop -- time passes in order
      await vi.advanceTimersByTimeAsync(idleLimit - 1)
      push?.(': ping\n\n')
    }
    push?.(finish(1))
    await vi.advanceTimersByTimeAsync(0)
    await reading
    expect(met).toEqual(['open', 'events'])
  })

  it('doubles its pauses up to ten seconds', async () => {
    const when: number[] = []
    const start = Date.now()
    const stop = new AbortController()
    const fetch: typeof globalThis.fetch = () => {
      when.push(Date.now() - start)
      if (when.length === 8) stop.abort()
      return Promise.reject(new TypeError('Failed to fetch'))
    }
    await read(fetch, { signal: stop.signal })
    expect(when).toEqual([0, 500, 1500, 3500, 7500, 15500, 25500, 35500])
  })

  it('tries again at once when the browser comes back online', async () => {
    const s = server({ end: 'refuse' }, { pieces: [finish(1)] })
    const reading = readEvents('r', { signal: new AbortController().signal, fetch: s.fetch })
    expect((await reading.next()).value).toEqual({ kind: 'lost', signedOut: false })
    const next = reading.next()
    await vi.advanceTimersByTimeAsync(1)
    globalThis.dispatchEvent(new window.Event('online'))
    expect((await next).value).toEqual({ kind: 'open' })
    await reading.return()
  })

  it.each([
    ['a gateway that says so', new Response(null, { status: 401 })],
    [
      'a gateway that leads to its sign-in',
      Object.defineProperty(new Response(), 'type', { value: 'opaqueredirect' }),
    ],
  ])('tells an ended session from a lost connection: %s', async (_, refusal) => {
    const s = server({ pieces: [finish(1)] })
    const fetch: typeof globalThis.fetch = vi
      .fn<typeof globalThis.fetch>(s.fetch)
      .mockResolvedValueOnce(refusal)
    const reading = readEvents('r', { signal: new AbortController().signal, fetch })
    expect((await reading.next()).value).toEqual({ kind: 'lost', signedOut: true })
    expect(fetch).toHaveBeenCalledWith(expect.any(String), expect.objectContaining({ redirect: 'manual' }))
    const next = reading.next()
    await vi.runAllTimersAsync()
    expect((await next).value).toEqual({ kind: 'open' })
    await reading.return()
  })

  it('ends without an error when it is stopped', async () => {
    const stop = new AbortController()
    const s = server({ pieces: [text(1, 'a')], end: 'hang' })
    const met: string[] = []
    for await (const item of readEvents('r', { signal: stop.signal, fetch: s.fetch })) {
      met.push(item.kind)
      if (item.kind === 'events') stop.abort()
    }
    expect(met).toEqual(['open', 'events'])
    expect(s.asked).toHaveLength(1)
  })
})

describe('a page out of sight', () => {
  const show = (state: DocumentVisibilityState) => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
    document.dispatchEvent(new Event('visibilitychange'))
  }
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.restoreAllMocks()
    vi.useRealTimers()
  })

  it('hangs up after a while, asks for nothing, and goes on where it was when it is shown', async () => {
    const { fetch, asked } = server(
      { pieces: [text(1, 'a')], end: 'hang' },
      { pieces: [text(2, 'b') + finish(3)] },
    )
    const met: string[] = []
    const reading = (async () => {
      for await (const item of readEvents('run_1', { signal: new AbortController().signal, fetch })) {
        met.push(...(item.kind === 'events' ? item.events.map(word) : [`(${item.kind})`]))
      }
    })()
    await vi.advanceTimersByTimeAsync(10)
    show('hidden')
    await vi.advanceTimersByTimeAsync(hiddenLimit - 1)
    expect(met).toEqual(['(open)', 'a'])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(met).toEqual(['(open)', 'a', '(lost)'])
    expect(asked).toHaveLength(1)
    show('visible')
    await vi.runAllTimersAsync()
    await reading
    expect(met).toEqual(['(open)', 'a', '(lost)', '(open)', 'b', 'finish'])
    expect(asked[1]).toContain('after=1')
  })

  it('keeps its stream when it is shown again soon', async () => {
    const { fetch, asked } = server({ pieces: [text(1, 'a')], end: 'hang' })
    const stop = new AbortController()
    const reading = (async () => {
      for await (const item of readEvents('run_1', { signal: stop.signal, fetch }))
        expect(item.kind).not.toBe('lost')
    })()
    await vi.advanceTimersByTimeAsync(10)
    show('hidden')
    await vi.advanceTimersByTimeAsync(hiddenLimit - 1)
    show('visible')
    await vi.advanceTimersByTimeAsync(hiddenLimit)
    expect(asked).toHaveLength(1)
    stop.abort()
    await reading
  })
})
