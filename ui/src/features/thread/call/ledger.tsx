import { memo, useEffect, useId, useRef, useState } from 'react'
import { strings } from '@/strings/thread'
import { cn } from '@/ui/cn'
import { Icon } from '@/ui/icon'
import { Ring } from '@/ui/ring'
import type { Message, ToolPart, ToolProgress } from '@/wire/wire.gen'
import { CallBody } from './call-body'
import { asksPerson, callState } from '../state/call-state'
import { carrierOf } from '../state/carrier'
import { formatDuration, formatElapsed } from '../rows/format'
import { Outcome } from './outcome'
import { usePointed, usePointer, useSought, type Sought } from '../rows/pointer'
import { previewOf } from '../panel/preview'
import { shareOf } from './progress'
import { mayStop, StopCall } from './stop-call'
import { tableOf } from '../rows/table-data'
import { tookOf, type NumberedCall } from '../state/turns'
import { useElapsed } from '../state/use-clock'
import { useFocusKept } from './use-focus-kept'
import './ledger.css'

/** Ledger lists calls that were made one after another, or side by side, one a line. */
export function Ledger({
  calls,
  status,
  writing,
}: {
  calls: readonly NumberedCall[]
  /** How the answer stands that they are part of. */
  status: Message['status']
  /** It is being written, and followed here. */
  writing: boolean
}) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-redundant-roles -- without list marks, Safari takes it for no list
    <ol className="ledger" role="list" aria-label={strings.calls}>
      {calls.map(({ part, number }) => (
        <Entry key={part.toolCallId} part={part} number={number} status={status} writing={writing} />
      ))}
    </ol>
  )
}

/**
 * Entry is a call: one line, which opens into its panel. What failed opens itself, and
 * so does what waits for the person.
 */
const Entry = memo(function Entry({
  part,
  number,
  status,
  writing,
}: {
  part: ToolPart
  number: number
  status: Message['status']
  writing: boolean
}) {
  const state = callState(part, status)
  const running = state === 'running'
  const waits = asksPerson(state)
  const failed = state === 'failed' || state === 'blocked' || state === 'lost'
  // A choice holds for as long as the call stands as it did when it was made.
  const [chosen, setChosen] = useState<{ open: boolean; waits: boolean }>()
  const open = chosen?.waits === waits ? chosen.open : failed || waits
  const body = useId()
  const line = useRef<HTMLButtonElement>(null)

  // A mark of the text leads here: to the table, or to the line where there is none.
  const pointer = usePointer()
  const sought = useSought(number)
  const aimed = usePointed(number) !== undefined
  const [seen, setSeen] = useState<Sought>()
  if (sought !== seen) {
    setSeen(sought)
    if (sought) setChosen({ open: true, waits })
  }
  useEffect(() => {
    if (!sought || (state === 'done' && part.output && tableOf(part.output))) return
    line.current?.focus()
    pointer.found()
  }, [sought, state, part, pointer])
  const stoppable = writing && mayStop(part, state)
  useFocusKept(line, waits)
  useFocusKept(line, stoppable)
  return (
    <li
      id={`call-${number}`}
      className={cn(
        'entry',
        open && 'open',
        running && 'run',
        failed && 'bad',
        waits && 'wait',
        stoppable && 'stoppable',
        aimed && 'aimed',
      )}
    >
      <button
        ref={line}
        type="button"
        className="entry__line"
        aria-expanded={open}
        aria-controls={open ? body : undefined}
        onClick={() => setChosen({ open: !open, waits })}
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
          <b>{nameOf(part)}</b>
          <code>{part.tool.tool}</code>
        </span>
        {running && part.progress?.message !== undefined ? (
          <span className="entry__what say">{part.progress.message}</span>
        ) : (
          <span className="entry__what">{open ? '' : previewOf(part)}</span>
        )}
        <Outcome part={part} state={state} />
        <Took part={part} running={running} />
        {running && part.progress && <Hairline progress={part.progress} />}
        <Icon name="chevronRight" size="sm" className="chev" />
      </button>
      {writing && <StopCall part={part} number={number} state={state} />}
      {(open || waits) && (
        <div className="entry__body" id={body} hidden={!open}>
          <CallBody part={part} number={number} state={state} writing={writing} />
        </div>
      )}
    </li>
  )
})

/** Who carries a call out, by name. */
function nameOf(part: ToolPart): string {
  const { serverName, title } = part.tool
  return {
    server: serverName,
    provider: title ?? strings.provider,
    pomchat: serverName,
    nobody: strings.unknownServer,
  }[carrierOf(part)]
}

/** Hairline is the line's own lower edge: as long as the call has come, or moving where nobody knows. */
function Hairline({ progress }: { progress: ToolProgress }) {
  const share = shareOf(progress)
  return share === undefined ? (
    <span aria-hidden="true" className="hair moving" />
  ) : (
    <span aria-hidden="true" className="hair" style={{ width: `${share * 100}%` }} />
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
