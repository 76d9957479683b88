import { formatMoment, formatWhen } from '@/lib/format'
import { listOf } from '@/lib/plural'
import { text } from '@/strings/servers'
import type { Server } from '@/wire/wire.gen'
import { changesOf } from './tools'

/** ServerNotes says what one should know of a server: who calls it, who vouches for it, and what has changed. */
export function ServerNotes({ server }: { server: Server }) {
  const { remote = false, trusted, changes } = server
  const ready = server.status === 'ready'
  const found = changes ? changesOf(changes) : []
  if (!ready || (!remote && trusted && found.length === 0)) return null
  return (
    <ul className="mt-1 ml-8 grid gap-0.5 text-xs leading-4.5 text-pretty text-ink-2">
      {remote && <li>{text.remote}</li>}
      {!trusted && <li>{text.untrusted}</li>}
      {changes && found.length > 0 && (
        <li>
          {found.map(([how, names], i) => (
            <span key={how} title={listOf(names)}>
              {i > 0 && ', '}
              {text.changed[how](names.length)}
              <span className="sr-only"> ({listOf(names)})</span>
            </span>
          ))}
          {', '}
          <time dateTime={changes.at} title={formatMoment(new Date(changes.at))}>
            {formatWhen(new Date(changes.at), new Date(server.checkedAt ?? changes.at))}
          </time>
        </li>
      )}
    </ul>
  )
}
