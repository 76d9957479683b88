import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '@/lib/api'
import { serversQuery } from '@/lib/query'
import { useToast } from '@/ui/toast'
import type { Server } from '@/wire/wire.gen'
import { text } from './strings'

/** useServers returns the servers, which of them are being checked, and how to check. */
export function useServers() {
  const query = useQuery(serversQuery)
  const client = useQueryClient()
  const toast = useToast()
  const [checking, setChecking] = useState<ReadonlySet<string>>(new Set())
  const { mutate } = useMutation({
    mutationFn: (server: Server) => api.post<Server>(`/api/servers/${encodeURIComponent(server.id)}/refresh`),
    onMutate: (server) => setChecking((before) => new Set([...before, server.id])),
    onSuccess: (fresh) =>
      client.setQueryData(serversQuery.queryKey, (all) => all?.map((s) => (s.id === fresh.id ? fresh : s))),
    onError: (_error, server) => toast({ text: text.refreshFailed(server.name) }),
    onSettled: (_data, _error, server) =>
      setChecking((before) => new Set([...before].filter((id) => id !== server.id))),
  })
  const refresh = (server: Server) => mutate(server)
  const servers = query.data ?? []
  return {
    ...query,
    servers,
    checking,
    refresh,
    refreshAll: () => (servers.length === 0 ? void query.refetch() : servers.forEach(refresh)),
  }
}
