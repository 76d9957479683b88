import { useEffect, useSyncExternalStore } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api, problemOf } from '@/lib/api'
import { keys, meQuery } from '@/lib/query'
import { callState } from './call-state'
import type { LiveMessage } from './live-run'

/** A token lasts five minutes, in milliseconds less one. */
const renewEvery = 4 * 60_000

const silent = () => () => undefined

/**
 * Hands a run that goes on the fresh token that the gateway adds to each request: before
 * the old one runs out, and at once when a call waits for one. Where no gateway is, there
 * is nothing to hand over. If the session has ended, the page's banner says so, and the
 * call waits until the person has signed in again.
 */
export function useFreshToken(runId: string | undefined, live: LiveMessage | undefined) {
  const client = useQueryClient()
  const { data: me } = useQuery(meQuery)
  const gateway = me?.mode === 'gateway'
  const run = gateway ? runId : undefined
  const lacking = useSyncExternalStore(live?.subscribe ?? silent, () => lacks(live))

  useEffect(() => {
    if (run === undefined) return
    const hand = () => {
      api.post<void>(`/api/runs/${encodeURIComponent(run)}/token`, {}).catch((error: unknown) => {
        // A run that has ended needs none; a session that has ended is the banner's matter.
        if (problemOf(error).status === 401) void client.refetchQueries({ queryKey: keys.me })
      })
    }
    if (lacking) hand()
    const timer = setInterval(hand, renewEvery)
    return () => clearInterval(timer)
  }, [client, run, lacking])
}

function lacks(live: LiveMessage | undefined): boolean {
  const parts = live?.get()?.parts ?? []
  return parts.some((p) => p.type === 'dynamic-tool' && callState(p, 'running') === 'token')
}
