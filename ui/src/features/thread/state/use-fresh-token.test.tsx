import { QueryClientProvider } from '@tanstack/react-query'
import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { meQuery, newQueryClient } from '@/lib/query'
import type { Me, ToolPart } from '@/wire/wire.gen'
import type { LiveMessage } from './live-run'
import { answer, call } from '../sample'
import { useFreshToken } from './use-fresh-token'

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => new Response(null, { status: 204 })),
  )
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const me: Me = {
  mode: 'gateway',
  user: { id: 'u', name: 'Dana', email: '' },
  version: '1',
  maxText: 1,
  attach: { count: 10, each: 256 * 1024, total: 512 * 1024 },
  mixing: 'ask',
}
const { output: _, durationMs: __, ...rest } = call('c')

/** A run whose one call can be made to wait. */
function liveRun() {
  let part: ToolPart = { ...rest, state: 'input-available' }
  const listeners = new Set<() => void>()
  const live: LiveMessage = {
    runId: 'run.1',
    get: () => answer('a', 'q', [part], { status: 'running' }),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  const turnTo = (state: ToolPart['state'], wait?: ToolPart['wait']) => {
    part = { ...rest, state, ...(wait ? { wait } : {}) }
    act(() => listeners.forEach((notify) => notify()))
  }
  return { live, turnTo }
}

function follow(mode: Me['mode']) {
  const client = newQueryClient()
  client.setQueryData(meQuery.queryKey, { ...me, mode })
  const { live, turnTo } = liveRun()
  const view = renderHook(({ run }: { run: string | undefined }) => useFreshToken(run, live), {
    initialProps: { run: 'run.1' } as { run: string | undefined },
    wrapper: ({ children }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>,
  })
  return { ...view, turnTo }
}

const handed = () =>
  vi
    .mocked(fetch)
    .mock.calls.map(([path]) => path)
    .filter((path) => path !== '/api/me')

describe('useFreshToken', () => {
  it('hands a run a token every four minutes while it goes on', async () => {
    const { rerender } = follow('gateway')
    await vi.advanceTimersByTimeAsync(8 * 60_000)
    expect(handed()).toEqual(['/api/runs/run.1/token', '/api/runs/run.1/token'])
    rerender({ run: undefined })
    await vi.advanceTimersByTimeAsync(60 * 60_000)
    expect(handed()).toHaveLength(2)
  })

  it('hands it one at once when a call waits for it, and once', async () => {
    const { turnTo } = follow('gateway')
    turnTo('waiting', { for: 'token', times: 1 })
    await vi.advanceTimersByTimeAsync(1000)
    expect(handed()).toEqual(['/api/runs/run.1/token'])
    turnTo('resumed')
    turnTo('waiting', { for: 'connect', times: 1 })
    await vi.advanceTimersByTimeAsync(1000)
    expect(handed()).toHaveLength(1)
  })

  it('has nothing to hand over where no gateway is', async () => {
    const { turnTo } = follow('standalone')
    turnTo('waiting', { for: 'token', times: 1 })
    await vi.advanceTimersByTimeAsync(10 * 60_000)
    expect(handed()).toEqual([])
  })
})
