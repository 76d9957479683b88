import { formatMoment, formatWhen } from '@/lib/format'
import { text } from '@/strings/servers'
import type { Server } from '@/wire/wire.gen'
import { NameList } from './name-list'
import { changesOf } from './tools'

/** ServerNotes says what one should know of a server: who calls it, who vouches for it, and what has changed, by name. */
export function ServerNotes({ server }: { server: Server }) {
  const { remote = false, trusted, changes } = server
  const ready = server.status === 'ready'
  const found = changes ? changesOf(changes) : []
  if (!ready || (!remote && trusted && found.length === 0)) return null
  return (
    <ul className="mt-1 ml-8 grid gap-0.5 text-xs leading-4.5 text-pretty text-ink-2">
      {remote && <li>{text.remote}</li>}
      {!trusted && <li>{text.untrusted}</li>}
      {changes &&
        found.map(([how, names]) => (
          <li key={how}>
            {text.changed[how](names.length)}{' '}
            <time dateTime={changes.at} title={formatMoment(new Date(changes.at))}>
              {text.changedSince(formatWhen(new Date(changes.at), new Date(server.checkedAt ?? changes.at)))}
            </time>
            {': '}
            <NameList names={names} code />
          </li>
        ))}
    </ul>
  )
}
