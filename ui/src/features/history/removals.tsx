import { useQueryClient } from '@tanstack/react-query'
import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { api } from '@/lib/api'
import { keys } from '@/lib/query'
import { useTellTabs } from '@/lib/tabs'
import { text } from '@/strings/history'
import { useToast } from '@/ui/toast'

/** Threads on their way out, and the function that sends one there. */
export type Removals = {
  hidden: ReadonlySet<string>
  /** Sends a thread out; back is called if that is undone. */
  remove: (thread: { id: string; title: string }, back?: () => void) => void
}

const Context = createContext<Removals>({ hidden: new Set(), remove: () => undefined })

/** useRemovals returns the threads being deleted and how to delete one. */
export function useRemovals(): Removals {
  return use(Context)
}

/**
 * RemovalProvider hides a deleted thread at once and deletes it for good when the
 * toast that offers to undo it has gone, or when the page is left: nothing is deleted by surprise,
 * and nothing comes back by surprise.
 */
export function RemovalProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const toast = useToast()
  const tell = useTellTabs()
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const waiting = useRef(new Map<string, string>())

  const unhide = useCallback((id: string) => {
    setHidden((before) => new Set([...before].filter((other) => other !== id)))
  }, [])

  const carryOut = useCallback(
    async (id: string, title: string, leaving: boolean) => {
      if (!waiting.current.delete(id)) return
      try {
        await api.del(`/api/threads/${encodeURIComponent(id)}`, { keepalive: leaving })
        tell(id)
        client.removeQueries({ queryKey: keys.thread(id) })
        await client.invalidateQueries({ queryKey: keys.allThreads })
      } catch {
        toast({ text: text.removeFailed(title) })
      }
      unhide(id)
    },
    [client, tell, toast, unhide],
  )

  const remove = useCallback(
    ({ id, title }: { id: string; title: string }, back?: () => void) => {
      if (waiting.current.has(id)) return
      setHidden((before) => new Set([...before, id]))
      waiting.current.set(id, title)
      const undo = () => {
        if (!waiting.current.delete(id)) return
        unhide(id)
        back?.()
      }
      toast({
        text: text.removed(title),
        action: { label: text.undo, run: undo },
        onGone: () => void carryOut(id, title, false),
      })
    },
    [carryOut, toast, unhide],
  )

  useEffect(() => {
    const leave = () => {
      for (const [id, title] of waiting.current) void carryOut(id, title, true)
    }
    addEventListener('pagehide', leave)
    return () => removeEventListener('pagehide', leave)
  }, [carryOut])

  const value = useMemo(() => ({ hidden, remove }), [hidden, remove])
  return <Context value={value}>{children}</Context>
}
