import { useState } from 'react'
import { useAnnounce } from '@/lib/announce'
import { strings } from '@/strings/thread'
import type { Message, ToolPart } from '@/wire/wire.gen'
import type { Connection } from './state/live-run'

/**
 * Announcer tells those who do not see the page when an answer begins, when it waits
 * for them and how it ended; the words themselves are there to be read, not to be shouted as they come.
 * Of answers that had ended before the page was opened it says nothing.
 */
export function Announcer({
  running,
  waiting,
  connection,
  last,
}: {
  running: boolean
  /** The call that waits for the person, if one does. */
  waiting: ToolPart | undefined
  connection: Connection
  last: Message | undefined
}) {
  const [ran, setRan] = useState(running)
  if (running && !ran) setRan(true)
  useAnnounce(running ? runOf(waiting, connection) : ran ? endOf(last) : '')
  return null
}

function runOf(waiting: ToolPart | undefined, connection: Connection): string {
  if (connection === 'reconnecting') return strings.saysLost
  return waiting ? waitOf(waiting) : strings.saysStarted
}

function waitOf({ state, tool }: ToolPart): string {
  if (state === 'waiting') return strings.saysConnect(tool.serverName)
  return state === 'approval-requested'
    ? strings.saysApproval(tool.serverName, tool.tool)
    : strings.saysQuestion(tool.serverName)
}

function endOf(last: Message | undefined): string {
  if (last?.role !== 'assistant') return ''
  switch (last.status) {
    case 'finished':
      return strings.saysFinished
    case 'stopped':
      return strings.saysStopped
    case 'failed':
      return strings.saysFailed(last.failure?.message ?? '')
    default:
      return ''
  }
}
