import { strings } from '@/strings/thread'
import { Icon } from '@/ui/icon'
import { Ring } from '@/ui/ring'
import type { Message, ToolPart } from '@/wire/wire.gen'
import { callState, waitingCalls } from '../state/call-state'
import { formatElapsed } from '../rows/format'
import type { Connection } from '../state/live-run'
import { workedMs } from '../state/pauses'
import { useNow } from '../state/use-clock'

/**
 * Working is the last line of an answer that is being written while no text of it
 * grows: how long it has been at work, and what it waits for. While it is the person
 * that is waited for, nobody works, and no clock runs.
 */
export function Working({ message, connection }: { message: Message; connection: Connection }) {
  const now = useNow(true)
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
  const waiting = waitingCalls(message)
  const calls = message.parts.filter((p) => p.type === 'dynamic-tool' && isRunning(p)).length
  if (waiting.length > 0 && calls === 0) {
    const asked = waiting.some((p) => p.state === 'approval-requested')
    const connect = waiting.every((p) => callState(p, 'running') === 'connect')
    return (
      <p className="work waits">
        <Icon name="pause" />
        <span>
          {asked ? strings.waitsForApproval : connect ? strings.waitsForConnect : strings.waitsForAnswer}
        </span>
      </p>
    )
  }
  return (
    <p className="work">
      <Ring />
      <span className="num">
        {strings.working(formatElapsed(workedMs(message, now)))} {calls > 0 && strings.callsRun(calls)}{' '}
        {waiting.length > 0 && strings.callsWait(waiting.length)}
      </span>
    </p>
  )
}

/** Whether a call is under way; one whose arguments are still being written is not yet. */
function isRunning(part: ToolPart): boolean {
  return callState(part, 'running') === 'running'
}
