import { strings } from '@/strings/thread'
import type { ToolPart } from '@/wire/wire.gen'

/** Answered says in a quiet line what the server of a call asked within it, and what was done about that. */
export function Answered({ part: { elicitation, tool } }: { part: ToolPart }) {
  if (elicitation?.action === undefined) return null
  return (
    <p className="aside">
      {strings.asked(tool.serverName, elicitation.message)}{' '}
      {(elicitation.url ? strings.visited : strings.answered)[elicitation.action]}
    </p>
  )
}
