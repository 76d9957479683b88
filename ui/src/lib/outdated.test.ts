// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { reloadIfOutdated } from './outdated'

beforeEach(() => {
  sessionStorage.clear()
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

it.each([
  ['the server is there, so the part is gone', () => Promise.resolve(new Response()), 1],
  ['there is no network', () => Promise.reject(new TypeError('Failed to fetch')), 0],
  ['the server fails', () => Promise.resolve(new Response(null, { status: 503 })), 0],
  ['the gateway asks for a login', () => Promise.resolve(Response.error()), 0],
])('a part that cannot be fetched: %s', async (_name, answer, times) => {
  vi.stubGlobal('fetch', vi.fn<() => Promise<Response>>(answer))
  const reload = vi.fn<() => void>()
  await reloadIfOutdated(reload)
  expect(reload).toHaveBeenCalledTimes(times)
})

it('reloads once in a minute, however often parts are missing', async () => {
  vi.useFakeTimers()
  vi.stubGlobal('fetch', vi.fn<() => Promise<Response>>().mockResolvedValue(new Response()))
  const reload = vi.fn<() => void>()
  await reloadIfOutdated(reload)
  await reloadIfOutdated(reload)
  expect(reload).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(61_000)
  await reloadIfOutdated(reload)
  expect(reload).toHaveBeenCalledTimes(2)
})
