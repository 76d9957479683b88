import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { createContext, use, useCallback, useEffect, useRef, type ReactNode } from 'react'
import { keys } from './query'

const channelName = 'pomchat.threads'

const Context = createContext<(threadId: string) => void>(() => undefined)

/**
 * useTellTabs returns the function that tells the other tabs of this browser that a
 * thread has changed: a run began or ended, its title is another, it is gone.
 */
export function useTellTabs(): (threadId: string) => void {
  return use(Context)
}

/**
 * TabsProvider hears which threads other tabs have changed and has them read again,
 * so that this tab follows a run that began elsewhere. Only ids travel between the
 * tabs; the server alone says what a thread holds. Without BroadcastChannel a tab
 * learns of the others when it reads again.
 */
export function TabsProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const line = useRef<BroadcastChannel>(undefined)
  useEffect(() => {
    if (typeof BroadcastChannel === 'undefined') return
    const channel = new BroadcastChannel(channelName)
    channel.addEventListener('message', ({ data }) => {
      if (typeof data === 'string') readAgain(client, data)
    })
    line.current = channel
    return () => {
      line.current = undefined
      channel.close()
    }
  }, [client])
  const tell = useCallback((threadId: string) => line.current?.postMessage(threadId), [])
  return <Context value={tell}>{children}</Context>
}

function readAgain(client: QueryClient, threadId: string) {
  void client.invalidateQueries({ queryKey: keys.thread(threadId) })
  void client.invalidateQueries({ queryKey: keys.allThreads })
}
