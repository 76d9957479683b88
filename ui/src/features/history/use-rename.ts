import { useMutation, useQueryClient, type InfiniteData } from '@tanstack/react-query'
import { api } from '@/lib/api'
import { keys, threadQuery } from '@/lib/query'
import { useTellTabs } from '@/lib/tabs'
import { useToast } from '@/ui/toast'
import type { ThreadPage, ThreadSummary } from '@/wire/wire.gen'
import { text } from './strings'

/** useRename returns a function that renames a thread, in every list at once. */
export function useRename(): (id: string, title: string) => void {
  const client = useQueryClient()
  const toast = useToast()
  const tell = useTellTabs()
  const { mutate } = useMutation({
    mutationFn: ({ id, title }: { id: string; title: string }) =>
      api.patch<ThreadSummary>(`/api/threads/${encodeURIComponent(id)}`, { title }),
    onMutate: ({ id, title }) => {
      client.setQueriesData<InfiniteData<ThreadPage, string>>({ queryKey: keys.allThreads }, (data) =>
        data === undefined
          ? data
          : {
              ...data,
              pages: data.pages.map((page) => ({
                ...page,
                threads: page.threads.map((t) => (t.id === id ? { ...t, title } : t)),
              })),
            },
      )
      client.setQueryData(threadQuery(id).queryKey, (detail) =>
        detail === undefined ? detail : { ...detail, thread: { ...detail.thread, title } },
      )
    },
    onSuccess: (_data, { id }) => tell(id),
    onError: () => toast({ text: text.renameFailed }),
    onSettled: (_data, _error, { id }) =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.allThreads }),
        client.invalidateQueries({ queryKey: keys.thread(id) }),
      ]),
  })
  return (id, title) => mutate({ id, title })
}
