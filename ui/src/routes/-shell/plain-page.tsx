import { useEffect, type ReactNode } from 'react'
import { text } from '@/strings/shell'
import { IconButton } from '@/ui/icon-button'
import { ConnectionBanner } from './connection-banner'
import { useLayout } from './layout'
import { ShowSidebar } from './rail-buttons'

/** PlainPage is a page about something else than a thread: a bar with its name, and the page below. */
export function PlainPage({ name, children }: { name: string; children: ReactNode }) {
  const { setDrawer } = useLayout()
  useEffect(() => {
    document.title = `${name} · ${text.product}`
  }, [name])
  return (
    <main id="main" tabIndex={-1} className="flex min-h-0 min-w-0 flex-col outline-none">
      <ConnectionBanner />
      <header className="flex h-12 flex-none items-center gap-1 border-b pr-3 pl-6 max-md:pl-2">
        <IconButton
          icon="menu"
          label={text.openThreads}
          onClick={() => setDrawer(true)}
          className="md:hidden"
        />
        <ShowSidebar className="-ml-2" />
        <h1 className="trunc font-semibold max-sm:pl-1">{name}</h1>
      </header>
      <div className="scroll-thin flex-1">{children}</div>
    </main>
  )
}
