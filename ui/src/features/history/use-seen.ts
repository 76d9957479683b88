import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { api } from '@/lib/api'
import { keys } from '@/lib/query'
import { useTellTabs } from '@/lib/tabs'
import type { Message, SeenRequest } from '@/wire/wire.gen'
import { changeCached } from './use-patch-thread'

/**
 * useSeen tells the server that the person has seen a thread's answers, once its end is in view on
 * a page that can be seen, and tells the other tabs. What fails is tried again when the person comes
 * back to the end, or to the page.
 */
export function useSeen(
  id: string,
  { unread, path, inView }: { unread: boolean; path: readonly Message[]; inView: boolean },
) {
  const client = useQueryClient()
  const tell = useTellTabs()
  const visible = useSyncExternalStore(onVisibility, () => document.visibilityState === 'visible')
  const until = newestEnd(path)
  const sent = useRef<string>(undefined)
  useEffect(() => {
    if (!unread || !visible || !inView || until === undefined || sent.current === until) return
    sent.current = until
    const body: SeenRequest = { until }
    api
      .post<void>(`/api/threads/${encodeURIComponent(id)}/seen`, body)
      .then(async () => {
        changeCached(client, id, { unread: false })
        tell(id)
        await client.invalidateQueries({ queryKey: keys.allThreads })
      })
      .catch(() => {
        sent.current = undefined
      })
  }, [client, tell, id, unread, visible, inView, until])
}

/** newestEnd returns when the last of the answers ended, as the server wrote it. */
export function newestEnd(path: readonly Message[]): string | undefined {
  let newest: string | undefined
  for (const { endedAt } of path) {
    if (endedAt === undefined) continue
    if (newest === undefined || Date.parse(endedAt) >= Date.parse(newest)) newest = endedAt
  }
  return newest
}

function onVisibility(listener: () => void) {
  document.addEventListener('visibilitychange', listener)
  return () => document.removeEventListener('visibilitychange', listener)
}
