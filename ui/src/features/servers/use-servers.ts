import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from '@/lib/api'
import { serversQuery } from '@/lib/query'
import { useToast } from '@/ui/toast'
import type { Server } from '@/wire/wire.gen'
import { takeConnect } from './connecting'
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

  // Back from connecting an account, what was known of its server is out of date.
  const { data } = query
  useEffect(() => {
    if (data === undefined) return
    const id = takeConnect()
    const connected = data.find((server) => server.id === id)
    if (connected) mutate(connected)
  }, [data, mutate])
  return {
    ...query,
    servers,
    checking,
    refresh,
    refreshAll: () => (servers.length === 0 ? void query.refetch() : servers.forEach(refresh)),
  }
}
