import { text } from '@/strings/servers'
import { useId, useState } from 'react'
import { Button } from '@/ui/button'
import { cn } from '@/ui/cn'
import { Collapsible, CollapsibleContent, CollapsibleTrigger } from '@/ui/collapsible'
import { Icon } from '@/ui/icon'
import { Switch } from '@/ui/switch'
import type { Server } from '@/wire/wire.gen'
import { connectURL, isChosen } from './choice'
import { rememberConnect } from './connecting'
import { NoAccess } from './no-access'
import { PromptCount } from './prompt-count'
import { ServerIcon } from './server-icon'
import { ServerLogin } from './server-login'
import { ServerNotes } from './server-notes'
import { ServerStatus } from './server-status'
import { isNorthwind } from './suggestions'
import { ToolList } from './tool-list'
import { tokensOf, toolsOn, type ToolChoice } from './tools'

/** What ServerRow tells and asks the panel. */
export type ServerRowProps = {
  server: Server
  choice: ToolChoice
  checking: boolean
  onSwitch: (on: boolean) => void
  onSwitchTool: (name: string, on: boolean) => void
  onRefresh: () => void
  /** Ends the login that the gateway keeps, and leads to where it is made anew. */
  onReconnect: () => void
  onDisconnect: () => void
}

/** ServerRow tells a server's status by shape, word and reason, and offers one control. */
export function ServerRow(props: ServerRowProps) {
  const { server, choice, checking, onSwitchTool, onRefresh, onReconnect, onDisconnect } = props
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
            <ServerStatus
              server={server}
              checking={checking}
              onRefresh={ready || server.status === 'needs_connect' ? onRefresh : undefined}
            />
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
        {server.status === 'no_access' && <NoAccess server={server} />}
        {ready && server.connected === true && (
          <ServerLogin
            server={server}
            checking={checking}
            onReconnect={onReconnect}
            onDisconnect={onDisconnect}
          />
        )}
        <CollapsibleContent asChild>
          <div className="mt-2 ml-8">
            <ToolList server={server} choice={choice} usable={ready && chosen} onSwitch={onSwitchTool} />
          </div>
        </CollapsibleContent>
      </section>
    </Collapsible>
  )
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
