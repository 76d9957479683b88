import { useState } from 'react'
import { listOf } from '@/lib/plural'
import { text } from '@/strings/servers'
import { Icon } from '@/ui/icon'
import { Popover, PopoverContent, PopoverTrigger } from '@/ui/popover'
import { Switch } from '@/ui/switch'
import { isChosen, usable, withServer, type Choice } from './choice'
import { ServerIcon } from './server-icon'
import { StatusMark } from './status-mark'
import type { useServers } from './use-servers'

/** ServersPicker names the servers of the next question and switches them on and off. */
export function ServersPicker({
  list,
  choice,
  onChoice,
  onOpenPanel,
}: {
  list: ReturnType<typeof useServers>
  choice: Choice
  onChoice: (choice: Choice) => void
  onOpenPanel: () => void
}) {
  const [open, setOpen] = useState(false)
  const { servers } = list
  if (servers.length === 0) return null
  const on = usable(choice, servers)
  const [first] = on
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger
        aria-label={text.pickLabel(listOf(on.map((s) => s.name)) || text.pickNone)}
        className="group/pick flex h-7 min-w-0 items-center gap-1.5 rounded-md px-2 text-ink-2 transition-colors hover:bg-hover hover:text-ink data-[state=open]:bg-pressed max-sm:h-10"
      >
        {first ? (
          <ServerIcon server={first} size="sm" className="text-ink-3" />
        ) : (
          <Icon name="servers" size="sm" className="text-ink-3" />
        )}
        <span className="trunc">{first?.name ?? text.pickNone}</span>
        {on.length > 1 && (
          <span className="flex-none text-ink-3 group-data-[state=open]/pick:text-ink-2 max-sm:hidden">
            {text.pickMore(on.length - 1)}
          </span>
        )}
      </PopoverTrigger>
      <PopoverContent align="start" className="w-72" aria-label={text.pickHint}>
        <ul>
          {servers.map((server) => {
            const ready = server.status === 'ready'
            return (
              <li key={server.id}>
                <label className="flex min-h-9 items-center gap-2.5 rounded-md px-2 hover:bg-hover max-sm:min-h-11">
                  <StatusMark status={server.status} />
                  <span className="min-w-0 flex-1 trunc">{server.name}</span>
                  {ready ? (
                    <Switch
                      aria-label={text.use(server.name)}
                      checked={isChosen(choice, server.id)}
                      onCheckedChange={(to) => onChoice(withServer(choice, servers, server.id, to))}
                    />
                  ) : (
                    <span className="text-xs text-ink-3">{text.status[server.status]}</span>
                  )}
                </label>
              </li>
            )
          })}
        </ul>
        <button
          type="button"
          onClick={() => {
            setOpen(false)
            onOpenPanel()
          }}
          className="mt-1 flex min-h-9 w-full items-center gap-2.5 border-t px-2 pt-1 text-ink-2 hover:text-ink max-sm:min-h-11"
        >
          <Icon name="servers" size="sm" className="-mx-0.5 text-ink-3" />
          {text.openPanel}
        </button>
      </PopoverContent>
    </Popover>
  )
}
