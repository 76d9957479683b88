import { Icon } from '@/ui/icon'
import { Ring } from '@/ui/ring'
import type { Message } from '@/wire/wire.gen'
import { formatElapsed } from './format'
import type { Connection } from './live-run'
import { strings } from './strings'
import { useElapsed } from './use-clock'

/**
 * Working is the last line of an answer that is being written while no text of it
 * grows: how long it has been at work, and what it waits for.
 */
export function Working({ message, connection }: { message: Message; connection: Connection }) {
  const elapsed = useElapsed(message.createdAt)
  if (connection === 'reconnecting') {
    return (
      <p className="work">
        <Icon name="offline" />
        <span>
          <b>{strings.reconnecting}</b> {strings.reconnectingMore}
        </span>
      </p>
    )
  }
  const last = message.parts.at(-1)
  if (last?.type === 'text' && last.state === 'streaming' && last.text !== '') return null
  const calls = message.parts.filter((p) => p.type === 'dynamic-tool' && p.state === 'input-available').length
  return (
    <p className="work">
      <Ring />
      <span className="num">
        {strings.working(formatElapsed(elapsed))} {calls > 0 && strings.callsRun(calls)}
      </span>
    </p>
  )
}
