import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useSyncExternalStore } from 'react'
import { api } from '@/lib/api'
import { serversQuery } from '@/lib/query'
import type { Rerun, RerunRequest, Server, ToolPart } from '@/wire/wire.gen'
import { fieldsOf, hasTooManyDigits } from '../ask/arguments'
import { useDesk } from '../state/desk'
import { rerunsOf, type RerunStore, type Reruns } from './reruns'

/** Returns the store of a call's own runs, what is in it, and how to run it with arguments. */
export function useReruns(part: ToolPart): {
  store: RerunStore
  now: Reruns
  run: (input: Record<string, unknown>) => void
} {
  const { threadId = '' } = useDesk()
  const client = useQueryClient()
  const store = useMemo(() => rerunsOf(threadId, part), [threadId, part])
  const now = useSyncExternalStore(store.subscribe, store.get)
  const path = `/api/threads/${encodeURIComponent(threadId)}/calls/${encodeURIComponent(part.toolCallId)}/rerun`
  const run = (input: Record<string, unknown>) => {
    // As a mutation, so that the page hears of a session that has ended.
    const send = (body: RerunRequest, signal: AbortSignal) =>
      client
        .getMutationCache()
        .build(client, { mutationFn: () => api.post<Rerun>(path, body, { signal }) })
        .execute(undefined)
    void store.run((asked, signal) => send({ input: asked }, signal), input)
  }
  return { store, now, run }
}

/** Whether a call may be run again: its tool needs no approval now, and there is something to change. */
export function useMayRerun(part: ToolPart): boolean {
  const { threadId } = useDesk()
  const { data } = useQuery(serversQuery)
  return threadId !== undefined && mayRerun(part, data ?? [])
}

/** Whether a call may be run again as it was, and that may mend how it failed. */
export function useMayTryAgain(part: ToolPart): boolean {
  const { threadId } = useDesk()
  const { data } = useQuery(serversQuery)
  return threadId !== undefined && mayTryAgain(part, data ?? [])
}

/** Whether these servers have the tool of a call, by which it may be run again with other arguments. */
export function mayRerun(part: ToolPart, servers: readonly Server[]): boolean {
  return fieldsOf(part.input).length > 0 && mayRun(part, servers)
}

/** Whether a call failed for want of its server or of time, and these servers have its tool by which it may be run again. */
export function mayTryAgain(part: ToolPart, servers: readonly Server[]): boolean {
  const passes = part.errorKind === 'server_down' || part.errorKind === 'limit'
  return part.state === 'output-error' && passes && mayRun(part, servers)
}

function mayRun(part: ToolPart, servers: readonly Server[]): boolean {
  const { tool, state, input, providerExecuted = false } = part
  const ended = state === 'output-available' || state === 'output-error'
  if (!ended || providerExecuted || hasTooManyDigits(input)) return false
  const server = servers.find((s) => s.id === tool.server)
  if (!server || server.status !== 'ready' || server.remote) return false
  return server.tools.some((t) => t.tool === tool.tool && t.readOnly && !t.asks)
}
