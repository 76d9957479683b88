import {
  infiniteQueryOptions,
  MutationCache,
  QueryCache,
  QueryClient,
  queryOptions,
} from '@tanstack/react-query'
import { api, isGone, problemOf, saidOf } from './api'
import { claim } from './ownership'
import type { Grant, Me, ModelInfo, PromptList, Server, ThreadDetail, ThreadPage } from '@/wire/wire.gen'

/** The names under which the server's data is cached. */
export const keys = {
  me: ['me'] as const,
  models: ['models'] as const,
  servers: ['servers'] as const,
  approvals: ['approvals'] as const,
  allPrompts: ['prompts'] as const,
  prompts: (server: string) => ['prompts', server] as const,
  allThreads: ['threads'] as const,
  threads: (search: string, archived = false) => ['threads', { search, archived }] as const,
  thread: (id: string) => ['thread', id] as const,
}

/**
 * Asks who is there. If it is not the person any more to whom the page belongs, who signed
 * in elsewhere in this browser, the page begins anew: nothing on it is theirs.
 */
async function whoIsThere(signal: AbortSignal, before: Me | undefined): Promise<Me> {
  const me = await api.get<Me>('/api/me', { signal })
  claim(me.user.id)
  if (before !== undefined && before.user.id !== me.user.id) location.assign('/')
  return me
}

/** Who is asking, and what this server is. It doubles as the check that someone answers. */
export const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: ({ signal, client }) => whoIsThere(signal, client.getQueryData<Me>(keys.me)),
  staleTime: Infinity,
  refetchOnWindowFocus: 'always',
  refetchOnReconnect: 'always',
  refetchInterval: (query) => (query.state.status === 'error' ? 5_000 : false),
  retry: false,
})

/** The models that can be asked. */
export const modelsQuery = queryOptions({
  queryKey: keys.models,
  queryFn: ({ signal }) => api.get<ModelInfo[]>('/api/models', { signal }),
  staleTime: 5 * 60_000,
})

/** How long to wait, in ms, before asking again for servers that had not answered yet. */
const askAgainIn = 3_000

/** How long to wait, in ms, before asking again a gateway that was away. */
const gatewayInterval = 5_000

/** The MCP servers with what listing their tools gave. */
export const serversQuery = queryOptions({
  queryKey: keys.servers,
  queryFn: ({ signal }) => api.get<Server[]>('/api/servers', { signal }),
  staleTime: 60_000,
  refetchInterval: ({ state: { data, error } }) => {
    if (saidOf(error) !== undefined) return gatewayInterval
    return data?.some((s) => s.checkedAt === undefined) ? askAgainIn : false
  },
})

/** The prompts that a server offers. */
export const promptsQuery = (server: string) =>
  queryOptions({
    queryKey: keys.prompts(server),
    queryFn: ({ signal }) =>
      api.get<PromptList>(`/api/servers/${encodeURIComponent(server)}/prompts`, { signal }),
    staleTime: 5 * 60_000,
  })

/** What was approved for more than one call, the newest first. */
export const approvalsQuery = queryOptions({
  queryKey: keys.approvals,
  queryFn: ({ signal }) => api.get<Grant[]>('/api/approvals', { signal }),
})

/** How often an idle list on view is read again, in milliseconds, for what other devices did. */
const listInterval = 30_000

/**
 * The threads, newest first, or the archived ones; search words must all occur in a thread, be
 * it archived or not.
 */
export const threadsQuery = (search: string, archived = false) =>
  infiniteQueryOptions({
    queryKey: keys.threads(search, archived),
    queryFn: ({ pageParam, signal }) => {
      const params = new URLSearchParams()
      if (search !== '') params.set('q', search)
      if (archived) params.set('archived', 'true')
      if (pageParam !== '') params.set('cursor', pageParam)
      return api.get<ThreadPage>(`/api/threads?${params}`, { signal })
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? null,
    staleTime: 10_000,
    refetchInterval: (query) => {
      const threads = query.state.data?.pages.flatMap((page) => page.threads) ?? []
      const active = threads.filter((t) => t.activeRunId)
      if (active.length === 0) return search === '' && !archived ? listInterval : false
      // One that waits for a person may do so for days.
      return active.every((t) => t.waiting) ? threadInterval : 4_000
    },
  })

/** How often an idle thread on view is read again, in milliseconds, for what other devices did. */
export const threadInterval = 20_000

/**
 * One thread with the whole tree of its messages. While the page is visible and no
 * run is active in it, it is read again now and then; a thread that is gone is not.
 */
export const threadQuery = (id: string) =>
  queryOptions({
    queryKey: keys.thread(id),
    queryFn: ({ signal }) => api.get<ThreadDetail>(`/api/threads/${encodeURIComponent(id)}`, { signal }),
    // What was fetched on the way to the page is not fetched again when that is drawn.
    staleTime: 1_000,
    refetchInterval: ({ state: { data, error } }) =>
      data?.thread.activeRunId !== undefined || (error && problemOf(error).status === 404)
        ? false
        : threadInterval,
  })

/**
 * newQueryClient returns the page's cache. It repeats reads that nobody answered,
 * never what the server refused; and whatever fails for want of an answer, of the gateway
 * or of a session makes it ask again who is there, on which the banner of the page rests.
 */
export function newQueryClient(): QueryClient {
  const doubt = (error: unknown) => {
    const problem = problemOf(error)
    const away = isGone(problem) || problem.kind === 'gateway_down'
    if (away || problem.status === 401) void client.refetchQueries({ queryKey: keys.me })
  }
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (query.queryKey[0] !== keys.me[0]) doubt(error)
      },
    }),
    mutationCache: new MutationCache({ onError: doubt }),
    defaultOptions: {
      queries: { retry: (count, error) => count < 2 && isGone(problemOf(error)), networkMode: 'always' },
      mutations: { networkMode: 'always' },
    },
  })
  return client
}
