import { useQueries, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'
import { answersPlain, chosenModel } from '@/features/models/models'
import { usable } from '@/features/servers/choice'
import { api, problemOf } from '@/lib/api'
import type { PromptGroup, PromptSource } from '@/lib/prompts'
import { keys, modelsQuery, promptsQuery } from '@/lib/query'
import { text } from '@/strings/shell'
import type { Completions, PromptList, PromptText, Server, Settings } from '@/wire/wire.gen'

const path = (server: string) => `/api/servers/${encodeURIComponent(server)}`

const render: PromptSource['render'] = async (server, request, signal) =>
  (await api.post<PromptText>(`${path(server)}/prompts/get`, request, { signal })).messages

const complete: PromptSource['complete'] = (server, request, signal) =>
  api.post<Completions>(`${path(server)}/complete`, request, { signal })

/**
 * usePrompts brings the prompts of the servers that the next question may use, once they are
 * wanted. It tells as well whether the model that will answer takes plain questions alone.
 */
export function usePrompts(
  servers: readonly Server[],
  settings: Settings,
  atOnce = false,
): PromptSource & { plain: boolean } {
  const [wanted, setWanted] = useState(atOnce)
  const { data: models } = useQuery(modelsQuery)
  const client = useQueryClient()
  const offering = usable(settings.servers, servers).filter((server) => server.prompts === true)
  const groups = useQueries({
    queries: offering.map((server) => ({ ...promptsQuery(server.id), enabled: wanted })),
    // Its result stays the same one as long as it says the same.
    combine: (results) => offering.map((server, i) => groupOf(server, results[i])),
  })
  const plain = answersPlain(chosenModel(models ?? [], settings.model))
  return {
    groups,
    plain,
    want: () => {
      setWanted(true)
      void client.refetchQueries({
        queryKey: keys.allPrompts,
        type: 'active',
        predicate: ({ state }) => state.status === 'error' && state.fetchStatus === 'idle',
      })
    },
    note: plain ? text.guidePrompts : undefined,
    render,
    complete,
  }
}

function groupOf({ id, name }: Server, result: UseQueryResult<PromptList> | undefined): PromptGroup {
  const { data, error, isFetching } = result ?? {}
  const known = { server: id, name, prompts: data?.prompts ?? [], completes: data?.completes === true }
  if (data) return { ...known, state: 'ready' }
  if (error && isFetching !== true) return { ...known, state: 'failed', problem: problemOf(error).detail }
  return { ...known, state: 'loading' }
}
