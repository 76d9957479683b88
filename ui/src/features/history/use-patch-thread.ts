import { useMutation, useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query'
import { api } from '@/lib/api'
import { keys, threadQuery } from '@/lib/query'
import { useTellTabs } from '@/lib/tabs'
import { useToast } from '@/ui/toast'
import type { ThreadPage, ThreadSummary } from '@/wire/wire.gen'

/** What may be changed of a thread from a list, or what the page knows to have changed. */
export type Change = Partial<Pick<ThreadSummary, 'title' | 'archived' | 'unread'>>

/** changeCached changes a thread in every list and on its own page, before the server has said so. */
export function changeCached(client: QueryClient, id: string, change: Change) {
  client.setQueriesData<InfiniteData<ThreadPage, string>>(
    { queryKey: keys.allThreads },
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page) => ({
          ...page,
          threads: page.threads.map((t) => (t.id === id ? { ...t, ...change } : t)),
        })),
      },
  )
  client.setQueryData(
    threadQuery(id).queryKey,
    (detail) => detail && { ...detail, thread: { ...detail.thread, ...change } },
  )
}

/**
 * usePatchThread returns a function that changes a thread, in every list at once; one change after
 * the other, so that the last one holds. If it fails, a toast says so.
 */
export function usePatchThread(failed: string): (id: string, change: Change) => void {
  const client = useQueryClient()
  const toast = useToast()
  const tell = useTellTabs()
  const { mutate } = useMutation({
    scope: { id: 'patch-thread' },
    mutationFn: ({ id, change }: { id: string; change: Change }) =>
      api.patch<ThreadSummary>(`/api/threads/${encodeURIComponent(id)}`, change),
    onSuccess: (_data, { id }) => tell(id),
    onError: () => toast({ text: failed }),
    onSettled: (_data, _error, { id }) =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.allThreads }),
        client.invalidateQueries({ queryKey: keys.thread(id) }),
      ]),
  })
  return (id, change) => {
    changeCached(client, id, change)
    mutate({ id, change })
  }
}
