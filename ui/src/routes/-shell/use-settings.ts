import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, problemOf } from '@/lib/api'
import { threadQuery } from '@/lib/query'
import { useTellTabs } from '@/lib/tabs'
import { text } from '@/strings/shell'
import { useToast } from '@/ui/toast'
import type { Settings, ThreadSummary } from '@/wire/wire.gen'
import { rememberModel } from './new-choice'

/**
 * useSettings returns a function that changes a thread's model and servers: at once on the
 * page, then on the server, and then in the other tabs. What the server refuses is put back,
 * which a toast says. A model that is chosen is also the one that new threads begin with.
 */
export function useSettings(threadId: string): (settings: Settings) => void {
  const client = useQueryClient()
  const tell = useTellTabs()
  const toast = useToast()
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
    onSuccess: (_thread, settings, before) => {
      if (settings.model !== before?.model) rememberModel(settings.model)
      tell(threadId)
    },
    onError: (error, _settings, before) => {
      if (before) client.setQueryData(queryKey, (detail) => detail && { ...detail, settings: before })
      toast({ text: text.notChanged(problemOf(error).detail) })
    },
  })
  return (settings) => mutate(settings)
}
