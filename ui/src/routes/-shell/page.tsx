import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useRef, type ReactNode } from 'react'
import { chosenModel } from '@/features/models/models'
import { toolCount, usable } from '@/features/servers/choice'
import { offered } from '@/features/servers/tools'
import type { useServers } from '@/features/servers/use-servers'
import { meQuery, modelsQuery } from '@/lib/query'
import { useMedia, widths } from '@/lib/use-media'
import { text as serverText } from '@/strings/servers'
import { text } from '@/strings/shell'
import { cn } from '@/ui/cn'
import { Dialog, DialogTitle, SheetContent } from '@/ui/dialog'
import { Icon } from '@/ui/icon'
import { IconButton } from '@/ui/icon-button'
import type { Settings } from '@/wire/wire.gen'
import { ConnectionBanner } from './connection-banner'
import { useLayout, useOwnCommands } from './layout'
import { ShowSidebar } from './rail-buttons'

const ServersPanel = lazy(() =>
  import('@/features/servers/servers-panel').then((m) => ({ default: m.ServersPanel })),
)
const ConnectNotice = lazy(() =>
  import('@/features/servers/connect-notice').then((m) => ({ default: m.ConnectNotice })),
)

/** What a page puts into the frame. */
export type PageProps = {
  /** The document's title. */
  name: string
  /** What stands in the bar: an h1, perhaps with a menu. */
  heading: ReactNode
  servers: ReturnType<typeof useServers>
  settings: Settings
  onSettings: (settings: Settings) => void
  children: ReactNode
}

/** Page is the bar, the page below it, and the servers beside or above it. */
export function Page({ name, heading, servers, settings, onSettings, children }: PageProps) {
  const { data: me } = useQuery(meQuery)
  const { data: models } = useQuery(modelsQuery)
  const layout = useLayout()
  const beside = useMedia(widths.beside)
  const phone = useMedia(widths.phone)
  const open = layout.serversOpen
  const serversButton = useRef<HTMLButtonElement>(null)
  const closeServers = () => {
    layout.setServersOpen(false)
    serversButton.current?.focus()
  }
  const dismiss = () => {
    layout.dismissFailure()
    document.getElementById('main')?.focus()
  }
  useOwnCommands({ model: settings.model, onModel: (model) => onSettings({ ...settings, model }) })
  const on = usable(settings.servers, servers.servers).length
  useEffect(() => {
    document.title = `${name} · ${text.product}`
  }, [name])
  const panel = (
    <Suspense>
      <ServersPanel
        list={servers}
        settings={settings}
        model={chosenModel(models ?? [], settings.model)}
        mixing={me?.mixing ?? 'ask'}
        maxToolTokens={me?.maxToolTokens}
        onSettings={onSettings}
      />
    </Suspense>
  )
  const head = (title: ReactNode) => (
    <header className="flex h-12 flex-none items-center gap-0.5 border-b pr-2.5 pl-5 max-sm:pl-4">
      {title}
      <span className="flex-1" />
      <IconButton icon="again" label={serverText.checkAll} onClick={servers.refreshAll} />
      <IconButton icon="close" label={serverText.close} onClick={closeServers} />
    </header>
  )
  return (
    <div
      className={cn(
        'grid min-h-0 min-w-0 grid-cols-[minmax(0,1fr)]',
        beside && open && 'grid-cols-[minmax(0,1fr)_400px]!',
      )}
    >
      <main
        id="main"
        tabIndex={-1}
        className="@container/main flex min-h-0 min-w-0 flex-col outline-none short:overflow-y-auto"
      >
        <ConnectionBanner />
        <div role="status" aria-atomic={false}>
          {layout.failure && !servers.isPending && (
            <Suspense>
              <ConnectNotice
                failure={layout.failure}
                again={servers.connectTo(layout.failure.id)}
                onDismiss={dismiss}
              />
            </Suspense>
          )}
        </div>
        <header className="flex h-12 flex-none items-center gap-1 border-b pr-3 pl-6 max-md:pl-2 max-sm:gap-0 max-sm:pr-2">
          <IconButton
            icon="menu"
            label={text.openThreads}
            onClick={() => layout.setDrawer(true)}
            className="md:hidden"
          />
          <ShowSidebar className="-ml-2" />
          <div className="flex min-w-0 flex-1 items-center gap-1 max-sm:pl-1">{heading}</div>
          <button
            ref={serversButton}
            type="button"
            aria-expanded={open}
            onClick={() => layout.setServersOpen(!open)}
            className={cn(
              'flex h-7 flex-none items-center gap-1.5 rounded-md px-2 whitespace-nowrap transition-colors hover:bg-hover hover:text-ink',
              'max-sm:h-10 max-sm:min-w-10 max-sm:justify-center',
              open && beside ? 'bg-pressed text-ink' : 'text-ink-2',
            )}
          >
            <Icon name="servers" className="text-ink-3" />
            <span className="max-sm:sr-only">{serverText.button}</span>{' '}
            {servers.isSuccess && <span className="text-ink-3 num max-sm:sr-only">{serverText.on(on)}</span>}
            {servers.isSuccess && (
              <span aria-hidden="true" className="text-xs text-ink-3 num sm:hidden">
                {serverText.share(offered(servers.servers, settings).tools, toolCount(servers.servers))}
              </span>
            )}
          </button>
          <IconButton icon="plus" label={text.newThread} onClick={layout.newThread} className="sm:hidden" />
        </header>
        {children}
      </main>
      {beside ? (
        open && (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape leaves it, as it leaves a sheet
          <aside
            aria-label={serverText.title}
            className="flex min-h-0 flex-col border-l bg-rail"
            onKeyDown={(event) => {
              if (event.key === 'Escape') closeServers()
            }}
          >
            {head(<h2 className="font-semibold">{serverText.title}</h2>)}
            <div className="scroll-thin flex-1 pb-6">{panel}</div>
          </aside>
        )
      ) : (
        <Dialog open={open} onOpenChange={layout.setServersOpen}>
          <SheetContent side={phone ? 'bottom' : 'right'} aria-describedby={undefined}>
            {head(<DialogTitle className="font-semibold">{serverText.title}</DialogTitle>)}
            <div className="scroll-thin flex-1 pb-6">{panel}</div>
          </SheetContent>
        </Dialog>
      )}
    </div>
  )
}
