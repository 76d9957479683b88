import { strings } from '@/strings/thread'
import { Icon, type IconName } from '@/ui/icon'
import type { ToolPart } from '@/wire/wire.gen'
import type { CallState } from '../state/call-state'
import { shareOf } from './progress'
import { rowCountOf } from '../rows/table-data'

const words: Partial<Record<CallState, { icon?: IconName; text: string }>> = {
  writing: { text: strings.writing },
  approval: { icon: 'pause', text: strings.needsYou },
  question: { icon: 'message', text: strings.asksYou },
  connect: { icon: 'plug', text: strings.connectFirst },
  token: { text: strings.renewing },
  denied: { text: strings.denied },
  blocked: { icon: 'blocked', text: strings.blocked },
  failed: { icon: 'warning', text: strings.failed },
  stopped: { text: strings.stopped },
  lost: { text: strings.lost },
}

/** Outcome is the word of a line: how its call stands, how far it has come, or how many rows it gave. */
export function Outcome({ part, state }: { part: ToolPart; state: CallState }) {
  const rows = rowCountOf(part)
  const word = words[state]
  const share = part.progress && shareOf(part.progress)
  return (
    <span className="entry__rows num">
      {word?.icon && <Icon name={word.icon} size="xs" className="mr-[5px] inline align-[-2px]" />}
      {word?.text}
      {state === 'running' && <span className="sr-only">{strings.running}</span>}
      {state === 'running' && share !== undefined && strings.percent(share)}
      {state === 'done' && rows !== undefined && strings.rows(rows)}
    </span>
  )
}
