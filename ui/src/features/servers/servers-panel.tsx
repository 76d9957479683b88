import { saidOf } from '@/lib/api'
import { text } from '@/strings/servers'
import { Button } from '@/ui/button'
import { Skeleton } from '@/ui/skeleton'
import { VisuallyHidden } from '@/ui/visually-hidden'
import type { Me, ModelInfo, Settings } from '@/wire/wire.gen'
import { withServer } from './choice'
import { HostedTools } from './hosted-tools'
import { ServerRow } from './server-row'
import { ToolBudget } from './tool-budget'
import { withTool } from './tools'
import type { useServers } from './use-servers'

/** ServersPanel lists all servers with their tools, and the model's own, and switches them for this thread. */
export function ServersPanel({
  list,
  settings,
  model,
  mixing,
  maxToolTokens,
  onSettings,
}: {
  list: Pick<
    ReturnType<typeof useServers>,
    'servers' | 'isPending' | 'isError' | 'error' | 'checking' | 'refresh' | 'reconnect' | 'disconnect'
  > & { refetch: () => unknown }
  settings: Settings
  /** The model that will answer, if it is known. */
  model: ModelInfo | undefined
  /** Whether web search may be used beside servers. */
  mixing: Me['mixing']
  /** Tokens of tools above which the model searches for them, if that is known. */
  maxToolTokens: number | undefined
  onSettings: (settings: Settings) => void
}) {
  const { servers, checking, refresh, reconnect, disconnect } = list
  const hosted = model?.hosted && model.hosted.length > 0 && (
    <HostedTools
      model={model}
      servers={servers}
      settings={settings}
      mixing={mixing}
      onSettings={onSettings}
    />
  )
  if (list.isPending) return <Loading />
  if (list.isError && servers.length === 0) {
    return (
      <div className="grid justify-items-start gap-2 p-5 text-ink-2">
        <p>{saidOf(list.error) ?? text.failed}</p>
        <Button size="sm" onClick={() => void list.refetch()}>
          {text.tryAgain}
        </Button>
      </div>
    )
  }
  if (servers.length === 0) {
    return (
      <>
        <div className="border-b p-5">
          <p className="font-medium">{text.none}</p>
          <p className="mt-1 text-xs text-ink-3">{text.noneHint}</p>
        </div>
        {hosted}
      </>
    )
  }
  return (
    <>
      <ToolBudget servers={servers} choice={settings} most={maxToolTokens} />
      {servers.map((server) => (
        <ServerRow
          key={server.id}
          server={server}
          choice={settings}
          checking={checking.has(server.id)}
          onSwitch={(on) =>
            onSettings({ ...settings, servers: withServer(settings.servers, servers, server.id, on) })
          }
          onSwitchTool={(name, on) => onSettings({ ...settings, toolsOff: withTool(settings, name, on) })}
          onRefresh={() => refresh(server)}
          onReconnect={() => reconnect(server)}
          onDisconnect={() => disconnect(server)}
        />
      ))}
      {hosted}
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
