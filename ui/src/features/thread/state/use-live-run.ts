import { useEffect, useState, useSyncExternalStore } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { keys, threadQuery } from '@/lib/query'
import { useTellTabs } from '@/lib/tabs'
import { followRun, type Connection, type LiveMessage } from './live-run'
import { withoutRun, withTitle } from './thread-cache'

/** The run that is being followed, if there is one. */
export interface Following {
  live: LiveMessage | undefined
  connection: Connection
  /** The run that the server no longer knows, though the thread may still name it. */
  lost: string | undefined
}

const nothing: Following = { live: undefined, connection: 'live', lost: undefined }

/**
 * Follows a thread's active run and keeps the cache in step: the title when it
 * comes, the message when it is complete; then the thread and the list of threads
 * are read again, so that what is shown is what is stored, and other tabs are told. The servers
 * are read again when a call was not let in, so that the panel agrees with the call's card. If
 * there is no session for the events any more, the page's banner finds out and says so.
 */
export function useLiveRun(threadId: string, runId: string | undefined): Following {
  const client = useQueryClient()
  const tell = useTellTabs()
  const [following] = useState(cellOfFollowing)
  const { live, connection, lost } = useSyncExternalStore(following.subscribe, following.get)
  const followed = runId === lost ? undefined : runId

  useEffect(() => {
    if (followed === undefined) return
    const { queryKey } = threadQuery(threadId)
    const askWho = () => void client.refetchQueries({ queryKey: keys.me })
    const run = followRun(followed, {
      onConnection: (connection) => following.set({ connection }),
      onSignedOut: askWho,
      onTitle(title) {
        client.setQueryData(queryKey, (detail) => detail && withTitle(detail, title))
        void client.invalidateQueries({ queryKey: keys.allThreads })
        tell(threadId)
      },
      onServer: () => void client.invalidateQueries({ queryKey: keys.servers }),
      async onEnd(message) {
        if (!message) following.set({ lost: followed })
        if (message?.failure?.kind === 'unauthenticated') askWho()
        await client.cancelQueries({ queryKey })
        client.setQueryData(queryKey, (detail) => detail && withoutRun(detail, followed, message))
        void client.invalidateQueries({ queryKey })
        void client.invalidateQueries({ queryKey: keys.allThreads })
        tell(threadId)
      },
    })
    following.set({ live: run, connection: 'live' })
    return () => {
      run.close()
      following.set({ live: undefined })
    }
  }, [client, tell, threadId, followed, following])

  return { live, connection, lost }
}

/** A value of its own outside React, since it changes by what the network does. */
function cellOfFollowing() {
  const listeners = new Set<() => void>()
  let value = nothing
  return {
    get: () => value,
    set(change: Partial<Following>) {
      value = { ...value, ...change }
      for (const notify of listeners) notify()
    },
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
