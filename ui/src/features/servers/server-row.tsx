import { useId, useState } from 'react'
import { formatTime, formatWhen } from '@/lib/format'
import { text } from '@/strings/servers'
import { Button } from '@/ui/button'
import { cn } from '@/ui/cn'
import { Collapsible, CollapsibleContent, CollapsibleTrigger } from '@/ui/collapsible'
import { CopyButton } from '@/ui/copy-button'
import { Icon } from '@/ui/icon'
import { Ring } from '@/ui/ring'
import { Switch } from '@/ui/switch'
import type { Server } from '@/wire/wire.gen'
import { connectURL, isChosen } from './choice'
import { rememberConnect } from './connecting'
import { PromptCount } from './prompt-count'
import { ServerIcon } from './server-icon'
import { ServerNotes } from './server-notes'
import { StatusMark } from './status-mark'
import { isNorthwind } from './suggestions'
import { ToolRow } from './tool-row'
import { tokensOf, toolsOn, type ToolChoice } from './tools'

/** What ServerRow tells and asks the panel. */
export type ServerRowProps = {
  server: Server
  choice: ToolChoice
  checking: boolean
  onSwitch: (on: boolean) => void
  onSwitchTool: (name: string, on: boolean) => void
  onRefresh: () => void
  onDisconnect: () => void
}

/** ServerRow tells a server's status by shape, word and reason, and offers one control. */
export function ServerRow(props: ServerRowProps) {
  const { server, choice, checking, onSwitchTool, onDisconnect } = props
  const chosen = isChosen(choice.servers, server.id)
  const on = toolsOn(server, choice)
  const heading = useId()
  const [open, setOpen] = useState(isNorthwind(server))
  const ready = server.status === 'ready'
  const name = <b className="font-semibold trunc">{server.name}</b>
  return (
    <Collapsible asChild open={open && server.tools.length > 0} onOpenChange={setOpen}>
      <section aria-labelledby={heading} className="border-b px-5 py-3 max-sm:p-4">
        <div className="grid grid-cols-[24px_minmax(0,1fr)_auto] items-start gap-x-2">
          <ServerIcon server={server} className="mt-0.5 text-ink-2" />
          <div className="min-w-0">
            <h3 id={heading} className="flex items-baseline gap-2">
              {name}
              {server.tools.length > 0 && (
                <CollapsibleTrigger
                  aria-label={text.showTools(server.name)}
                  className="group/more -my-1 flex min-h-7 flex-none items-center gap-1 rounded-md text-xs text-ink-3 num hover:text-ink"
                >
                  {text.someTools(on.length, server.tools.length)}
                  <span className="whitespace-nowrap">· {text.tokens(tokensOf(on))}</span>
                  <Icon
                    name="chevronRight"
                    size="xs"
                    className="transition-transform duration-(--t-mid) group-data-[state=open]/more:rotate-90"
                  />
                </CollapsibleTrigger>
              )}
            </h3>
            <Status server={server} checking={checking} />
          </div>
          <Control {...props} />
        </div>
        {server.description !== '' && (
          <p className={cn('mt-1 ml-8 text-xs leading-4.5 text-pretty text-ink-3', !ready && 'hidden')}>
            {server.description}
          </p>
        )}
        <PromptCount server={server} />
        <ServerNotes server={server} />
        {server.status === 'no_access' && server.trace?.requestId !== undefined && (
          <p className="mt-0.5 ml-8 flex items-center gap-1 text-xs text-ink-3">
            {text.request} <code className="font-mono text-code">{server.trace.requestId}</code>
            <CopyButton text={server.trace.requestId} words={text.copyRequest} dense />
          </p>
        )}
        {ready && server.connected === true && (
          <p className="mt-1 ml-8 flex items-center gap-2 text-xs leading-4.5 text-ink-2">
            {text.connected}
            <Button
              variant="quiet"
              size="sm"
              disabled={checking}
              onClick={onDisconnect}
              aria-label={text.disconnectFrom(server.name)}
            >
              {text.disconnect}
            </Button>
          </p>
        )}
        <CollapsibleContent asChild>
          <ul className="mt-2 ml-8">
            {server.tools.map((tool) => (
              <ToolRow
                key={tool.name}
                tool={tool}
                usable={ready && chosen}
                on={on.includes(tool)}
                onSwitch={(to) => onSwitchTool(tool.name, to)}
              />
            ))}
          </ul>
        </CollapsibleContent>
      </section>
    </Collapsible>
  )
}

const tones: Record<Server['status'], string> = {
  ready: 'text-ink-2',
  needs_connect: 'text-warn',
  no_access: 'text-ink-2',
  down: 'text-danger',
}

function Status({ server, checking }: { server: Server; checking: boolean }) {
  const ready = server.status === 'ready'
  const time = server.checkedAt === undefined ? undefined : formatTime(new Date(server.checkedAt))
  const word = text.status[server.status]
  const open = checking || time === undefined
  return (
    <p className="flex items-start gap-1.5 text-xs leading-4.5 text-ink-3" role="status">
      <span className="mt-1.25 flex">
        {open ? <Ring className="size-2.5" /> : <StatusMark status={server.status} />}
      </span>
      {open ? (
        <span>{text.checking}</span>
      ) : (
        <span className="text-pretty">
          <b className={cn('font-medium', tones[server.status])}>{word}</b>
          {ready
            ? `, ${text.listed(time)}`
            : ` ${text.since(sinceOf(server))}, ${text.checked(time)}. ${server.error ?? ''}`}
        </span>
      )}
    </p>
  )
}

/** Writes since when a server is as it is, or the time of the check that saw it. */
function sinceOf({ since, checkedAt = '' }: Server): string {
  return formatWhen(new Date(since ?? checkedAt), new Date(checkedAt))
}

function Control({ server, choice, checking, onSwitch, onRefresh }: ServerRowProps) {
  switch (server.status) {
    case 'ready':
      return (
        <Switch
          size="lg"
          className="mt-px"
          aria-label={text.use(server.name)}
          checked={isChosen(choice.servers, server.id)}
          onCheckedChange={onSwitch}
        />
      )
    case 'needs_connect': {
      const href = connectURL(server, location.href)
      if (href === null) break
      return (
        <Button asChild variant="primary" size="sm">
          <a href={href} aria-label={text.connectTo(server.name)} onClick={() => rememberConnect(server)}>
            {text.connect}
          </a>
        </Button>
      )
    }
    case 'no_access':
    case 'down':
      break
  }
  return (
    <Button size="sm" disabled={checking} onClick={onRefresh} aria-label={text.tryAgainFor(server.name)}>
      {text.tryAgain}
    </Button>
  )
}
