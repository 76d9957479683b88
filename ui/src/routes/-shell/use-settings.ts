import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/lib/api'
import { threadQuery } from '@/lib/query'
import type { Settings, ThreadSummary } from '@/wire/wire.gen'

/**
 * useSettings returns a function that changes a thread's model and servers: at once
 * on the page, then on the server. What the server refuses is put back.
 */
export function useSettings(threadId: string): (settings: Settings) => void {
  const client = useQueryClient()
  const { queryKey } = threadQuery(threadId)
  const { mutate } = useMutation({
    mutationFn: (settings: Settings) =>
      api.patch<ThreadSummary>(`/api/threads/${encodeURIComponent(threadId)}`, { settings }),
    scope: { id: `settings ${threadId}` },
    onMutate: (settings) => {
      const before = client.getQueryData(queryKey)?.settings
      client.setQueryData(queryKey, (detail) => detail && { ...detail, settings })
      return before
    },
    onError: (_error, _settings, before) => {
      if (before) client.setQueryData(queryKey, (detail) => detail && { ...detail, settings: before })
    },
  })
  return (settings) => mutate(settings)
}
