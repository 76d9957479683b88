import { afterEach, describe, expect, it, vi } from 'vitest'
import { FakeServer } from '../../dev/fake'
import { keys, meQuery, modelsQuery, newQueryClient, serversQuery, threadsQuery } from './query'

const at = (server: FakeServer) =>
  vi.stubGlobal('fetch', (path: string, init: RequestInit) =>
    server.fetch(new Request(new URL(path, 'http://localhost'), init)),
  )

afterEach(() => vi.unstubAllGlobals())

describe('newQueryClient', () => {
  it('does not ask again for what the server refused', async () => {
    const server = new FakeServer()
    server.failures.set('GET /api/models', { title: 'No', status: 502, kind: 'provider_down', detail: 'No.' })
    at(server)
    await expect(newQueryClient().fetchQuery({ ...modelsQuery })).rejects.toThrow('No.')
    expect(server.log).toEqual(['GET /api/models'])
  })

  it('looks who is there when a read ends for want of a session', async () => {
    const server = new FakeServer()
    server.failures.set('GET /api/models', {
      title: 'No',
      status: 401,
      kind: 'unauthenticated',
      detail: 'No.',
    })
    at(server)
    const client = newQueryClient()
    await client.fetchQuery(meQuery)
    await expect(client.fetchQuery(modelsQuery)).rejects.toThrow('Your session has ended.')
    await vi.waitFor(() => expect(server.log).toEqual(['GET /api/me', 'GET /api/models', 'GET /api/me']))
  })
})

describe('serversQuery', () => {
  it('asks again while a server has not answered yet', async () => {
    const server = new FakeServer()
    at(server)
    const client = newQueryClient()
    const again = async () => {
      await client.fetchQuery({ ...serversQuery, staleTime: 0 })
      const query = client.getQueryCache().find({ queryKey: keys.servers })
      const { refetchInterval } = serversQuery
      return query && typeof refetchInterval === 'function' ? refetchInterval(query as never) : undefined
    }
    expect(await again()).toBe(false)
    server.servers = server.servers.map((one) => {
      const { checkedAt: _, ...asked } = one
      return { ...asked, status: 'down' }
    })
    expect(await again()).toBe(3_000)
  })
})

describe('a gateway that is away', () => {
  const away = { title: 'No', status: 503, kind: 'gateway_down', detail: 'The gateway is away.' } as const

  it('is asked for the servers again, and who is there too', async () => {
    const server = new FakeServer()
    server.failures.set('GET /api/servers', away)
    at(server)
    const client = newQueryClient()
    await client.fetchQuery(meQuery)
    const interval = () => {
      const query = client.getQueryCache().find({ queryKey: keys.servers })
      const { refetchInterval } = serversQuery
      return query && typeof refetchInterval === 'function' ? refetchInterval(query as never) : undefined
    }
    await expect(client.fetchQuery({ ...serversQuery })).rejects.toThrow('The gateway is away.')
    expect(interval()).toBe(5_000)
    await vi.waitFor(() => expect(server.log).toEqual(['GET /api/me', 'GET /api/servers', 'GET /api/me']))
    await client.fetchQuery({ ...serversQuery })
    expect(interval()).toBe(false)
  })
})

describe('threadsQuery', () => {
  it('reads page after page', async () => {
    const server = new FakeServer({
      threads: [
        ['One', 1],
        ['Two', 2],
        ['Three', 3],
      ],
      pageSize: 2,
    })
    at(server)
    const client = newQueryClient()
    const data = await client.fetchInfiniteQuery({ ...threadsQuery('t'), pages: 5 })
    expect(data.pages.map((page) => page.threads.map((t) => t.title))).toEqual([['Two', 'Three']])
    expect(client.getQueryData(keys.threads('t'))).toBe(data)
    const all = await client.fetchInfiniteQuery({ ...threadsQuery(''), pages: 5 })
    expect(all.pages.map((page) => page.threads.map((t) => t.title))).toEqual([['One', 'Two'], ['Three']])
  })
})
