import { text } from '@/strings/servers'
import { formatTime, formatWhen } from '@/lib/format'
import { cn } from '@/ui/cn'
import { IconButton } from '@/ui/icon-button'
import { Ring } from '@/ui/ring'
import type { Server } from '@/wire/wire.gen'
import { StatusMark } from './status-mark'

const tones: Record<Server['status'], string> = {
  ready: 'text-ink-2',
  needs_connect: 'text-warn',
  no_access: 'text-ink-2',
  down: 'text-danger',
}

/**
 * ServerStatus tells a server's status by shape and word, since when, and why. It is checked
 * again here where the row's own control does something else.
 */
export function ServerStatus({
  server,
  checking,
  onRefresh,
}: {
  server: Server
  checking: boolean
  /** Undefined where the row's control checks it. */
  onRefresh: (() => void) | undefined
}) {
  const ready = server.status === 'ready'
  const time = server.checkedAt === undefined ? undefined : formatTime(new Date(server.checkedAt))
  const word = text.status[server.status]
  const open = checking || time === undefined
  return (
    <div className="flex items-start gap-1">
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
      {onRefresh && (
        <IconButton
          icon="again"
          iconSize="xs"
          size="sm"
          dense
          className="-my-0.75"
          label={text.tryAgainFor(server.name)}
          aria-disabled={open}
          onClick={() => !open && onRefresh()}
        />
      )}
    </div>
  )
}

/** Writes since when a server is as it is, or the time of the check that saw it. */
function sinceOf({ since, checkedAt = '' }: Server): string {
  return formatWhen(new Date(since ?? checkedAt), new Date(checkedAt))
}
