import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { api, saidOf } from '@/lib/api'
import { keys, serversQuery } from '@/lib/query'
import { text } from '@/strings/servers'
import { useToast } from '@/ui/toast'
import type { Server } from '@/wire/wire.gen'
import { connectURL } from './choice'
import { leave } from '@/lib/leave'
import { forgetConnect, recallConnect, rememberConnect } from './connecting'

/** useServers returns the servers, which of them are being checked, and how to check. */
export function useServers() {
  const query = useQuery(serversQuery)
  const client = useQueryClient()
  const toast = useToast()
  const [checking, setChecking] = useState<ReadonlySet<string>>(new Set())
  const { mutate } = useMutation({
    mutationFn: ({ server, verb }: { server: Server; verb: 'refresh' | 'disconnect' }) =>
      api.post<Server>(`/api/servers/${encodeURIComponent(server.id)}/${verb}`),
    onMutate: ({ server }) => setChecking((before) => new Set([...before, server.id])),
    onSuccess: (fresh) => {
      client.setQueryData(serversQuery.queryKey, (all) => all?.map((s) => (s.id === fresh.id ? fresh : s)))
      void client.invalidateQueries({ queryKey: keys.prompts(fresh.id) })
    },
    onError: (error, { server, verb }) => toast({ text: saidOf(error) ?? text.failedTo[verb](server.name) }),
    onSettled: (_data, _error, { server }) =>
      setChecking((before) => new Set([...before].filter((id) => id !== server.id))),
  })
  const refresh = (server: Server) => mutate({ server, verb: 'refresh' })
  const disconnect = (server: Server) => mutate({ server, verb: 'disconnect' })
  // With a login the gateway leads straight back, so that is ended first.
  const reconnect = (server: Server) =>
    mutate(
      { server, verb: 'disconnect' },
      {
        onSuccess: (fresh) => {
          const href = fresh.status === 'needs_connect' ? connectURL(fresh, location.href) : null
          if (href === null) return toast({ text: text.noReconnect(fresh.name) })
          rememberConnect(fresh)
          leave(href)
        },
      },
    )
  const servers = query.data ?? []

  // Back from connecting an account, what was known of its server is out of date. Who
  // refused over there, or came back on his own, is told so.
  const { data } = query
  const [trip] = useState(recallConnect)
  useEffect(forgetConnect, [])
  const [returned, setReturned] = useState<string>()
  const looked = useRef(false)
  useEffect(() => {
    const back = trip && data?.find((server) => server.id === trip.id)
    if (!back || looked.current) return
    looked.current = true
    const onSuccess = ({ id, name, status }: Server) => {
      if (status !== 'needs_connect') setReturned(id)
      else if (!trip.failed) toast({ text: text.stillApart(name) })
    }
    mutate({ server: back, verb: 'refresh' }, { onSuccess })
  }, [data, mutate, toast, trip])
  const connectTo = useCallback(
    (id: string) => {
      const server = data?.find((one) => one.id === id)
      const href = server ? connectURL(server, location.href) : null
      return !server || href === null ? null : { href, onLeave: () => rememberConnect(server) }
    },
    [data],
  )
  return {
    ...query,
    servers,
    checking,
    refresh,
    /** Has the gateway forget the person's login at a server. */
    disconnect,
    /** Ends that login, and leaves the page to make it anew, perhaps with another account. */
    reconnect,
    connectTo,
    /** The server that the person comes back from connecting, once it is. */
    returned,
    refreshAll: () => (servers.length === 0 ? void query.refetch() : servers.forEach(refresh)),
  }
}
