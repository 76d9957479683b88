import { Button } from '@/ui/button'
import { Skeleton } from '@/ui/skeleton'
import { VisuallyHidden } from '@/ui/visually-hidden'
import { isChosen, toolCount, usable, withServer, type Choice } from './choice'
import { ServerRow } from './server-row'
import { text } from './strings'
import type { useServers } from './use-servers'

/** ServersPanel lists all servers with their tools and switches them for this thread. */
export function ServersPanel({
  list,
  choice,
  onChoice,
}: {
  list: ReturnType<typeof useServers>
  choice: Choice
  onChoice: (choice: Choice) => void
}) {
  const { servers, checking, refresh } = list
  if (list.isPending) return <Loading />
  if (list.isError && servers.length === 0) {
    return (
      <div className="grid justify-items-start gap-2 p-5 text-ink-2">
        <p>{text.failed}</p>
        <Button size="sm" onClick={() => void list.refetch()}>
          {text.tryAgain}
        </Button>
      </div>
    )
  }
  if (servers.length === 0) {
    return (
      <div className="p-5">
        <p className="font-medium">{text.none}</p>
        <p className="mt-1 text-xs text-ink-3">{text.noneHint}</p>
      </div>
    )
  }
  return (
    <>
      <div className="border-b px-5 py-4 max-sm:px-4">
        <p className="font-medium num">
          {text.summary(toolCount(usable(choice, servers)), toolCount(servers))}
        </p>
        <p className="mt-0.5 text-xs text-pretty text-ink-3">{text.summaryNote}</p>
      </div>
      {servers.map((server) => (
        <ServerRow
          key={server.id}
          server={server}
          chosen={isChosen(choice, server.id)}
          checking={checking.has(server.id)}
          onSwitch={(on) => onChoice(withServer(choice, servers, server.id, on))}
          onRefresh={() => refresh(server)}
        />
      ))}
    </>
  )
}

function Loading() {
  return (
    <div role="status" className="grid gap-6 p-5">
      <VisuallyHidden>{text.loading}</VisuallyHidden>
      {['w-24', 'w-32', 'w-28'].map((width) => (
        <span key={width} className="grid gap-2">
          <Skeleton className={width} />
          <Skeleton className="h-2! w-44" />
        </span>
      ))}
    </div>
  )
}
