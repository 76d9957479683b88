import { createElement, useCallback, useMemo, useState, type ReactNode } from 'react'
import { partOf, usePart } from '@/lib/part'
import { strings } from '@/strings/thread'
import { agree, agreedOf, hostsOf, leadsAway, LeavingContext, type Leaving } from './leaving'

const leavingWindow = partOf(async () => (await import('./leaving-window')).LeavingWindow)

/**
 * LinkGuard asks before a link below it leads away from this site and the thread's own
 * servers: an answer's links were written by a model that reads what others wrote, and an
 * address can carry out what it read.
 */
export function LinkGuard({
  threadId,
  servers,
  children,
}: {
  threadId: string
  /** Addresses of the company's own servers. */
  servers: readonly string[]
  children: ReactNode
}) {
  const asking = usePart(leavingWindow)
  const [asked, setAsked] = useState<{ href: string; pressed: HTMLElement }>()
  const leaving = useMemo<Leaving>(() => {
    const own = hostsOf([location.origin, ...servers])
    return {
      mayFollow(href, pressed) {
        if (!leadsAway(href, own, agreedOf(threadId))) return true
        setAsked({ href, pressed })
        void leavingWindow.load().then(() => {
          if (leavingWindow.get()) return
          setAsked(undefined)
          // Without the network the browser's own question does.
          if (confirm(strings.leaving.plain(href))) window.open(href, '_blank', 'noopener,noreferrer')
        })
        return false
      },
    }
  }, [threadId, servers])
  const done = useCallback(() => setAsked(undefined), [])
  return (
    <LeavingContext value={leaving}>
      {children}
      {asked &&
        asking &&
        createElement(asking, { ...asked, onAgree: (host) => agree(threadId, host), onDone: done })}
    </LeavingContext>
  )
}
