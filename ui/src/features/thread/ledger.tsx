import { memo, useId, useState } from 'react'
import { cn } from '@/ui/cn'
import { Icon } from '@/ui/icon'
import { Ring } from '@/ui/ring'
import type { ToolPart } from '@/wire/wire.gen'
import { CallFailure, hasFailed } from './call-failure'
import { CallPanel } from './call-panel'
import { formatDuration, formatElapsed } from './format'
import { previewOf } from './preview'
import { strings } from './strings'
import { rowCountOf } from './table-data'
import { tookOf, type NumberedCall } from './turns'
import { useElapsed } from './use-clock'
import './ledger.css'

/** Ledger lists calls that were made one after another, or side by side, one a line. */
export function Ledger({
  calls,
  stopped,
  writing,
}: {
  calls: readonly NumberedCall[]
  stopped: boolean
  /** The answer that they are part of is being written. */
  writing: boolean
}) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-redundant-roles -- without list marks, Safari takes it for no list
    <ol className="ledger" role="list" aria-label={strings.calls}>
      {calls.map(({ part, number }) => (
        <Entry key={part.toolCallId} part={part} number={number} stopped={stopped} writing={writing} />
      ))}
    </ol>
  )
}

/** Entry is a call: one line, which opens into its panel. A failure opens itself. */
const Entry = memo(function Entry({
  part,
  number,
  stopped: answerStopped,
  writing,
}: {
  part: ToolPart
  number: number
  stopped: boolean
  writing: boolean
}) {
  const running = part.state === 'input-streaming' || part.state === 'input-available'
  const stopped = answerStopped && part.state === 'output-error' && part.durationMs === undefined
  const failed = hasFailed(part) && !stopped
  const [chosen, setChosen] = useState<boolean>()
  const open = chosen ?? failed
  const body = useId()
  return (
    <li className={cn('entry', open && 'open', running && 'run', failed && 'bad')}>
      <button
        type="button"
        className="entry__line"
        aria-expanded={open}
        aria-controls={open ? body : undefined}
        onClick={() => setChosen(!open)}
      >
        <span className="ref">
          <span className="sr-only">{strings.call} </span>
          {running ? (
            <>
              <Ring />
              <span className="sr-only">{number}</span>
            </>
          ) : (
            number
          )}
        </span>
        <span className="entry__who">
          <b>{part.tool.server === '' ? strings.unknownServer : part.tool.serverName}</b>
          <code>{part.tool.tool}</code>
        </span>
        <span className="entry__what">{open ? '' : previewOf(part)}</span>
        <Outcome part={part} running={running} stopped={stopped} failed={failed} />
        <Took part={part} running={running} />
        <Icon name="chevronRight" size="sm" className="chev" />
      </button>
      {open && (
        <div className="entry__body" id={body}>
          {failed || stopped ? (
            <CallFailure part={part} number={number} stopped={stopped} writing={writing} />
          ) : (
            <CallPanel part={part} number={number} />
          )}
        </div>
      )}
    </li>
  )
})

function Outcome({
  part,
  running,
  stopped,
  failed,
}: {
  part: ToolPart
  running: boolean
  stopped: boolean
  failed: boolean
}) {
  const rows = rowCountOf(part)
  return (
    <span className="entry__rows num">
      {failed && (
        <>
          <Icon name="warning" size="xs" className="mr-[5px] inline align-[-2px]" />
          {strings.failed}
        </>
      )}
      {stopped && strings.stopped}
      {running && <span className="sr-only">{strings.running}</span>}
      {!failed && !stopped && rows !== undefined && strings.rows(rows)}
    </span>
  )
}

function Took({ part, running }: { part: ToolPart; running: boolean }) {
  const elapsed = useElapsed(running ? part.startedAt : undefined)
  const took = tookOf(part)
  return (
    <span className="entry__ms num">
      {running && part.startedAt !== undefined
        ? formatElapsed(elapsed)
        : took !== undefined && formatDuration(took)}
    </span>
  )
}
