import { useEffect, type ReactNode } from 'react'
import { text } from '@/strings/shell'
import { Button } from '@/ui/button'
import { IconButton } from '@/ui/icon-button'
import { ConnectionBanner } from './connection-banner'
import { useLayout } from './layout'
import { NewThreadLink } from './new-thread-link'
import { ShowSidebar } from './rail-buttons'

/** Lost is a few words in the middle of a page that has nothing else to show. */
export function Lost({
  code,
  head,
  body,
  children,
}: {
  code?: string
  head: string
  body: string
  children: ReactNode
}) {
  return (
    <div className="mx-auto grid max-w-110 flex-1 content-center gap-2 p-6">
      {code && <p className="font-mono text-code text-ink-3">{code}</p>}
      <h1 className="text-lg font-semibold tracking-[-.011em]">{head}</h1>
      <p className="text-pretty text-ink-2">{body}</p>
      <div className="mt-2 flex flex-wrap items-center gap-2">{children}</div>
    </div>
  )
}

/** NoThread stands where a thread was deleted, or is another person's. */
export function NoThread() {
  return (
    <Lost {...text.missing}>
      <Button asChild variant="primary">
        <NewThreadLink>{text.newThread}</NewThreadLink>
      </Button>
      <SearchThreads />
    </Lost>
  )
}

function SearchThreads() {
  const { openSearch } = useLayout()
  return (
    <Button variant="quiet" onClick={openSearch}>
      {text.searchThreads}
    </Button>
  )
}

/** NoPage is shown for an address that the app does not have. */
export function NoPage() {
  const { setDrawer } = useLayout()
  useEffect(() => {
    document.title = `${text.noPage.head} · ${text.product}`
  }, [])
  return (
    <main id="main" tabIndex={-1} className="flex min-h-0 flex-col outline-none">
      <ConnectionBanner />
      <header className="flex h-12 flex-none items-center border-b px-2">
        <IconButton
          icon="menu"
          label={text.openThreads}
          onClick={() => setDrawer(true)}
          className="md:hidden"
        />
        <ShowSidebar />
      </header>
      <Lost {...text.noPage}>
        <Button asChild variant="primary">
          <NewThreadLink>{text.newThread}</NewThreadLink>
        </Button>
        <SearchThreads />
      </Lost>
    </main>
  )
}

/** PageCrashed is shown in place of everything when a component throws. */
export function PageCrashed({ error }: { error: unknown }) {
  const { head, body, reload, details } = text.crashed
  return (
    <main id="main" tabIndex={-1} className="flex h-full flex-col outline-none">
      <ConnectionBanner />
      <Lost head={head} body={body}>
        <Button variant="primary" onClick={() => location.reload()}>
          {reload}
        </Button>
        <details className="w-full text-xs text-ink-3">
          <summary className="cursor-pointer py-1">{details}</summary>
          <code className="block font-mono break-words">
            {error instanceof Error ? `${error.name}: ${error.message}` : String(error)}
          </code>
        </details>
      </Lost>
    </main>
  )
}
