import { QueryClientProvider } from '@tanstack/react-query'
import { act, renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from '@/lib/api'
import { keys, newQueryClient, threadInterval } from '@/lib/query'
import { TabsProvider } from '@/lib/tabs'
import { FakeServer } from '../../../../dev/fake'
import { textOf } from './turns'
import { useThread } from './use-thread'

const title = 'Freight cost per shipper'
let server: FakeServer

beforeEach(() => {
  server = new FakeServer({ threads: [[title, 2]] })
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) =>
    server.fetch(new Request(new URL(path, 'http://localhost'), init)),
  )
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** Opens a thread in a tab that hears the other tabs, or on a device of its own. */
async function open(id = 'thr_1', alone = false) {
  const client = newQueryClient()
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>
      {alone ? children : <TabsProvider>{children}</TabsProvider>}
    </QueryClientProvider>
  )
  let drawn = 0
  const view = renderHook(() => (drawn++, useThread(id)), { wrapper })
  await waitFor(() => expect(view.result.current.phase).not.toBe('loading'))
  return { client, thread: () => view.result.current, drawn: () => drawn, unmount: view.unmount }
}

/** The line on view: each message by its first words and its status. */
const line = (t: ReturnType<typeof useThread>) =>
  t.path.map((m) => `${m.role} ${m.status}: ${textOf(m).slice(0, 24)}`)

const answered = 'assistant finished: Three of eight categorie'

describe('useThread', () => {
  it('loads a thread', async () => {
    const { thread } = await open()
    expect(thread().phase).toBe('ready')
    expect(line(thread())).toEqual([`user finished: ${title}`, answered])
    expect(thread().running).toBe(false)
  })

  it('tells a missing thread from a failure', async () => {
    const missing = await open('thr_9')
    expect(missing.thread().phase).toBe('missing')
    server.failures.set('GET /api/threads/thr_1', {
      title: 'Error',
      status: 500,
      detail: 'No.',
      kind: 'internal',
    })
    const failed = await open()
    expect(failed.thread().phase).toBe('failed')
    expect(failed.thread().error?.detail).toBe('No.')
  })

  it('asks, follows the answer to its end and reads what is stored', async () => {
    const { thread, client } = await open()
    const invalidated = vi.spyOn(client, 'invalidateQueries')
    await act(() => thread().send('And by year?'))
    expect(thread().running).toBe(true)
    expect(line(thread()).slice(2)).toEqual(['user finished: And by year?', 'assistant running: '])
    await waitFor(() => expect(thread().running).toBe(false))
    await waitFor(() => expect(line(thread()).slice(2)).toEqual(['user finished: And by year?', answered]))
    expect(thread().path.map((m) => m.parentId)).toEqual([
      '',
      ...thread()
        .path.slice(0, -1)
        .map((m) => m.id),
    ])
    expect(invalidated.mock.calls.filter(([f]) => f?.queryKey === keys.allThreads)).toHaveLength(2)
  })

  it('has the page look who is there when the events are refused for want of a session', async () => {
    server = new FakeServer({ threads: [[title, 2]], pause: 5 })
    const { fetch } = server
    const { thread } = await open()
    const asked = () => server.log.filter((line) => line === 'GET /api/me').length
    await waitFor(() => expect(asked()).toBe(1))
    const refuse = vi
      .spyOn(server, 'fetch')
      .mockImplementation((request) =>
        request.url.includes('/events')
          ? Promise.resolve(new Response(null, { status: 401 }))
          : fetch.call(server, request),
      )
    await act(() => thread().send('And by year?'))
    await waitFor(() => expect(asked()).toBeGreaterThan(1))
    refuse.mockRestore()
    await waitFor(() => expect(thread().running).toBe(false), { timeout: 3000 })
  })

  it('hands out the message frame by frame while it is written', async () => {
    server = new FakeServer({ threads: [[title, 2]], pause: 5 })
    const { thread } = await open()
    await act(() => thread().send('And by year?'))
    const live = thread().live
    expect(live?.runId).toBe(thread().detail?.thread.activeRunId)
    const lengths: number[] = []
    live?.subscribe(() => {
      const message = live.get()
      lengths.push(message ? textOf(message).length : -1)
    })
    await act(() => thread().stop())
    await waitFor(() => expect(thread().running).toBe(false))
    expect(lengths).toEqual(lengths.toSorted((a, b) => a - b))
    expect(thread().path.at(-1)?.status).toBe('stopped')
    expect(thread().live).toBeUndefined()
  })

  it('answers anew as a branch, and goes back', async () => {
    const { thread } = await open()
    const first = thread().path[1]?.id ?? ''
    await act(() => thread().regenerate(first))
    await waitFor(() => expect(thread().running).toBe(false))
    expect(thread().path).toHaveLength(2)
    expect(thread().path[1]?.id).not.toBe(first)
    act(() => thread().selectBranch(first))
    expect(thread().path[1]?.id).toBe(first)
  })

  it('opens on the branch that was chosen, until something is asked', async () => {
    const before = await open()
    const first = before.thread().path[1]?.id ?? ''
    await act(() => before.thread().regenerate(first))
    await waitFor(() => expect(before.thread().running).toBe(false))
    act(() => before.thread().selectBranch(first))
    before.unmount()

    const after = await open()
    expect(after.thread().path[1]?.id).toBe(first)
    await act(() => after.thread().send('On'))
    await waitFor(() => expect(after.thread().running).toBe(false))
    expect(
      after
        .thread()
        .path.map((m) => m.parentId)
        .slice(1, 3),
    ).toEqual(['thr_1-q', first])
    expect(Object.keys(localStorage)).toEqual(['pomchat.owner'])
  })

  it('continues an answer that was stopped, after it', async () => {
    server = new FakeServer({ threads: [[title, 2]], pause: 5 })
    const { thread } = await open()
    await act(() => thread().send('And by year?'))
    await act(() => thread().stop())
    await waitFor(() => expect(thread().running).toBe(false))
    const stopped = thread().path.at(-1)?.id ?? ''
    await act(() => thread().goOn(stopped))
    expect(thread().path.at(-1)?.parentId).toBe(stopped)
    await waitFor(() => expect(thread().running).toBe(false))
    expect(server.asked.at(-1)).toEqual({ parentId: stopped })
    expect(
      thread()
        .path.map((m) => m.status)
        .slice(-2),
    ).toEqual(['stopped', 'finished'])
  })

  it('knows which call waits, and tells the run what was decided', async () => {
    server = new FakeServer({ threads: [[title, 2]], withScenes: true })
    const { thread, client } = await open('scene_approval')
    await waitFor(() => expect(thread().waiting?.tool.tool).toBe('write_query'))
    const invalidated = vi.spyOn(client, 'invalidateQueries')
    const id = thread().waiting?.approval?.id ?? ''
    await act(() => thread().decide(id, { approved: true, scope: 'thread' }))
    await waitFor(() => expect(thread().running).toBe(false))
    expect(thread().waiting).toBeUndefined()
    expect(server.said).toEqual([{ approved: true, scope: 'thread' }])
    expect(invalidated).toHaveBeenCalledWith({ queryKey: keys.allThreads })
  })

  it('rejects a decision that somebody else made before', async () => {
    server = new FakeServer({ threads: [[title, 2]], withScenes: true })
    const { thread } = await open('scene_visit')
    await waitFor(() => expect(thread().waiting?.elicitation).toBeDefined())
    const id = thread().waiting?.elicitation?.id ?? ''
    const again = thread().reply
    await act(() => thread().reply(id, { action: 'decline' }))
    await expect(again(id, { action: 'accept' })).rejects.toThrow('This call was decided already.')
  })

  it('asks an edited question beside the old one', async () => {
    const { thread } = await open()
    await act(() => thread().send('Freight per order', { parentId: '' }))
    await waitFor(() => expect(thread().running).toBe(false))
    expect(line(thread())).toEqual(['user finished: Freight per order', answered])
    expect(thread().detail?.messages.filter((m) => m.parentId === '')).toHaveLength(2)
  })

  it('goes on from the branch on view, not from the newest', async () => {
    const { thread } = await open()
    const first = thread().path[1]?.id ?? ''
    await act(() => thread().regenerate(first))
    await waitFor(() => expect(thread().running).toBe(false))
    act(() => thread().selectBranch(first))
    await act(() => thread().send('On'))
    expect(thread().path[2]?.parentId).toBe(first)
    await waitFor(() => expect(thread().running).toBe(false))
  })

  it('rejects with what the server says and shows nothing new', async () => {
    const { thread } = await open()
    server.failures.set('POST /api/threads/thr_1/runs', {
      title: 'Conflict',
      status: 409,
      kind: 'conflict',
      detail: 'An answer is being written already.',
    })
    await expect(act(() => thread().send('x'))).rejects.toThrow(ApiError)
    expect(thread().path).toHaveLength(2)
    expect(thread().running).toBe(false)
  })

  it('follows a run that another tab began, while it is being written', async () => {
    server = new FakeServer({ threads: [[title, 2]], pause: 5 })
    const one = await open()
    const two = await open()
    await act(() => one.thread().send('From tab one'))
    await waitFor(() => expect(two.thread().live?.runId).toBe(one.thread().live?.runId))
    expect(two.thread().running).toBe(true)
    const want = ['user finished: From tab one', answered]
    await waitFor(() => expect(line(two.thread()).slice(2)).toEqual(want))
    await waitFor(() => expect(line(one.thread()).slice(2)).toEqual(want))
  })

  it('follows a run that another device began, when it next reads the thread', async () => {
    const one = await open('thr_1', true)
    vi.useFakeTimers({ shouldAdvanceTime: true })
    const two = await open('thr_1', true)
    await act(() => one.thread().send('From the phone'))
    expect(two.thread().path).toHaveLength(2)
    await act(() => vi.advanceTimersByTimeAsync(threadInterval))
    await waitFor(() =>
      expect(line(two.thread()).slice(2)).toEqual(['user finished: From the phone', answered]),
    )
  })

  it('draws nothing when it reads an idle thread that is as it was', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    const asked = vi.spyOn(server, 'fetch')
    const { thread, drawn } = await open('thr_1', true)
    const before = { detail: thread().detail, drawn: drawn(), asked: asked.mock.calls.length }
    await act(() => vi.advanceTimersByTimeAsync(3 * threadInterval))
    expect(asked.mock.calls.length).toBeGreaterThan(before.asked)
    expect(thread().detail).toBe(before.detail)
    expect(drawn()).toBe(before.drawn)
  })

  it('asks after the newest message, also where that is one it has not seen', async () => {
    const one = await open('thr_1', true)
    const two = await open('thr_1', true)
    await act(() => one.thread().send('From the phone'))
    await waitFor(() => expect(one.thread().running).toBe(false))
    expect(two.thread().path).toHaveLength(2)
    await act(() => two.thread().send('From the desk'))
    const want = ['user finished: From the phone', answered, 'user finished: From the desk', answered]
    await waitFor(() => expect(line(two.thread()).slice(2)).toEqual(want))
    act(() => one.thread().reload())
    await waitFor(() => expect(line(one.thread()).slice(2)).toEqual(want))
  })

  it('reads again when an answer is being written that it did not know of', async () => {
    server = new FakeServer({ threads: [[title, 2]], pause: 5 })
    const one = await open('thr_1', true)
    const two = await open('thr_1', true)
    await act(() => one.thread().send('From the phone'))
    await expect(act(() => two.thread().send('From the desk'))).rejects.toThrow(ApiError)
    await waitFor(() => expect(two.thread().running).toBe(true))
    expect(line(two.thread())[2]).toBe('user finished: From the phone')
    await waitFor(() => expect(two.thread().running).toBe(false))
  })

  it('says that a thread is gone which was there before', async () => {
    const { thread } = await open()
    const elsewhere = await open()
    await server.fetch(new Request('http://localhost/api/threads/thr_1', { method: 'DELETE' }))
    act(() => thread().reload())
    await waitFor(() => expect(thread().phase).toBe('missing'))
    expect(elsewhere.thread().phase).toBe('ready')
  })

  it('gives up a run that the server does not know', async () => {
    const { thread } = await open()
    server.failures.set('GET /api/runs/thr_1-m1-run/events', {
      title: 'Not Found',
      status: 404,
      detail: 'There is no such run.',
    })
    await act(() => thread().send('x'))
    await waitFor(() => expect(thread().running).toBe(false))
    expect(server.log.filter((l) => l.endsWith('/events')).length).toBeLessThanOrEqual(2)
  })
})
