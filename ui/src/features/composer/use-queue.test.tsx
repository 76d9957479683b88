import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from '@/lib/api'
import { claim, draftName } from '@/lib/ownership'
import type { Ended } from './queue'
import { useQueue, type Standing } from './use-queue'

const draft = draftName('ann', 'thr_1')
const writing: Standing = { running: true, ended: undefined }
const end = (id: string, status: Ended['status'] = 'finished'): Standing => ({
  running: false,
  ended: { id, status, at: new Date().toISOString() },
})

/** One browser: its tabs share the storage, hear what the others change, and take turns at a lock. */
beforeEach(() => {
  const held = new Set<string>()
  vi.stubGlobal('navigator', {
    locks: {
      request: async (name: string, _how: LockOptions, work: (lock: object | null) => Promise<boolean>) => {
        if (held.has(name)) return work(null)
        held.add(name)
        try {
          return await work({})
        } finally {
          held.delete(name)
        }
      },
    },
  })
})
afterEach(() => vi.unstubAllGlobals())

const heard = () =>
  act(() => void dispatchEvent(new StorageEvent('storage', { key: `pomchat.${draft}.queue` })))

function tab(first: Standing, send: (text: string) => Promise<void>, name: string | null = draft) {
  const { result, rerender, unmount } = renderHook((standing: Standing) => useQueue(name, standing, send), {
    initialProps: first,
  })
  return {
    unmount,
    now: (standing: Standing) => act(async () => rerender(standing)),
    add: (text: string) => act(() => void result.current.add(text, [])),
    release: (i: number) => act(async () => result.current.release(result.current.items[i]?.id ?? '')),
    shown: () =>
      result.current.items.map(({ text, held, sending }) => [text, held ?? (sending ? 'sending' : '')]),
  }
}

const sender = () => vi.fn<(text: string) => Promise<void>>(async () => undefined)

describe('what waits to be sent', () => {
  it('goes one after the other, each after an answer of its own', async () => {
    const send = sender()
    const one = tab(writing, send)
    one.add('first')
    one.add('second')
    expect(send).not.toHaveBeenCalled()
    await one.now(end('a1'))
    expect([send.mock.calls.map(([text]) => text), one.shown()]).toEqual([['first'], [['second', '']]])
    await one.now(writing)
    await one.now(end('a2'))
    expect([send.mock.calls.map(([text]) => text), one.shown()]).toEqual([['first', 'second'], []])
  })

  it.each(['stopped', 'failed'] as const)(
    'is held when the answer %s, until it is let go',
    async (status) => {
      const send = sender()
      const one = tab(writing, send)
      one.add('next')
      await one.now(end('a1', status))
      expect([send.mock.calls, one.shown()]).toEqual([[], [['next', status]]])
      await one.release(0)
      expect([send.mock.calls.length, one.shown()]).toEqual([1, []])
    },
  )

  it('stays over a reload, and is sent after it', async () => {
    const send = sender()
    const before = tab(writing, send)
    before.add('next')
    before.unmount()
    const after = tab(writing, send)
    expect(after.shown()).toEqual([['next', '']])
    await after.now(end('a1'))
    expect(send).toHaveBeenCalledTimes(1)
  })

  it('is sent by one of the tabs alone', async () => {
    const arrive: (() => void)[] = []
    const send = vi.fn<(text: string) => Promise<void>>(() => new Promise((done) => arrive.push(done)))
    const [one, two] = [tab(writing, send), tab(writing, send)]
    one.add('next')
    heard()
    expect(two.shown()).toEqual([['next', '']])
    await one.now(end('a1'))
    await two.now(end('a1'))
    heard()
    expect([send.mock.calls.length, two.shown()]).toEqual([1, [['next', 'sending']]])
    await act(async () => arrive[0]?.())
    heard()
    expect([send.mock.calls.length, one.shown(), two.shown()]).toEqual([1, [], []])
  })

  it('stays, with the reason, when the server does not take it', async () => {
    const refused = new ApiError({ title: 'No', status: 422, kind: 'invalid', detail: 'The model is gone.' })
    const one = tab(writing, () => Promise.reject(refused))
    one.add('next')
    await one.now(end('a1'))
    expect(one.shown()).toEqual([['next', 'unsent']])
  })

  it('waits for the next answer where somebody else asked first', async () => {
    const send = vi
      .fn<(text: string) => Promise<void>>()
      .mockRejectedValueOnce(
        new ApiError({ title: 'Conflict', status: 409, kind: 'conflict', detail: 'Busy.' }),
      )
      .mockResolvedValue(undefined)
    const one = tab(writing, send)
    one.add('next')
    await one.now(end('a1'))
    expect(one.shown()).toEqual([['next', '']])
    await one.now(writing)
    await one.now(end('a2'))
    expect([send.mock.calls.length, one.shown()]).toEqual([2, []])
  })

  it('is held where the page was closed in the middle of sending it', async () => {
    const never = tab(writing, () => new Promise(() => undefined))
    never.add('next')
    await never.now(end('a1'))
    expect(never.shown()).toEqual([['next', 'sending']])
    never.unmount()
    vi.stubGlobal('navigator', {}) // another browser process: the lock is free
    const send = sender()
    const again = tab(end('a1'), send)
    await again.now(end('a1'))
    expect([send.mock.calls, again.shown()]).toEqual([[], [['next', 'unsure']]])
  })

  it('is no business of whoever signs in next', async () => {
    claim('ann')
    const send = sender()
    const one = tab(writing, send)
    one.add('a secret')
    one.unmount()
    claim('bob')
    expect(JSON.stringify(localStorage)).not.toContain('secret')
    const bobs = tab(end('a1'), send, draftName('bob', 'thr_1'))
    await bobs.now(end('a1'))
    expect([send.mock.calls, bobs.shown()]).toEqual([[], []])
  })
})
