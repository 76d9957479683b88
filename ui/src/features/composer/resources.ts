import { queryOptions } from '@tanstack/react-query'
import { api } from '@/lib/api'
import type { ResourceList, ResourceText } from '@/wire/wire.gen'

/** A server of whose resources some can be attached. */
export interface Source {
  id: string
  name: string
}

/** What a server offers to read. */
export const resourcesQuery = (server: string) =>
  queryOptions({
    queryKey: ['resources', server] as const,
    queryFn: ({ signal }) =>
      api.get<ResourceList>(`/api/servers/${encodeURIComponent(server)}/resources`, { signal }),
    staleTime: 60_000,
    retry: false,
  })

/** A resource as it is now. */
export const resourceQuery = (server: string, uri: string) =>
  queryOptions({
    queryKey: ['resource', server, uri] as const,
    queryFn: () =>
      api.post<ResourceText>(`/api/servers/${encodeURIComponent(server)}/resources/read`, { uri }),
    staleTime: 10_000,
    retry: false,
  })
