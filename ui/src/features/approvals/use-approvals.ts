import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, problemOf } from '@/lib/api'
import { approvalsQuery } from '@/lib/query'
import { text } from '@/strings/approvals'
import { useToast } from '@/ui/toast'
import type { Grant } from '@/wire/wire.gen'

/**
 * useApprovals returns what was approved for longer, and how to take it back. That
 * happens at once: an approval must not outlive the wish to end it. One that is gone
 * already counts as taken back.
 */
export function useApprovals() {
  const query = useQuery(approvalsQuery)
  const client = useQueryClient()
  const toast = useToast()
  const { mutate, variables, isPending } = useMutation({
    mutationFn: async (grant: Grant) => {
      try {
        await api.del(`/api/approvals/${encodeURIComponent(grant.id)}`)
      } catch (error) {
        if (problemOf(error).status !== 404) throw error
      }
    },
    onSuccess: (_done, grant) => {
      client.setQueryData(approvalsQuery.queryKey, (all) => all?.filter(({ id }) => id !== grant.id))
      toast({ text: text.revoked(grant.tool) })
    },
    onError: (_error, grant) => toast({ text: text.revokeFailed(grant.tool) }),
    onSettled: () => void client.invalidateQueries({ queryKey: approvalsQuery.queryKey }),
  })
  return { ...query, revoke: mutate, revoking: isPending ? variables.id : undefined }
}
