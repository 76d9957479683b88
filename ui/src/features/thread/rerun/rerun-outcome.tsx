import { isGone } from '@/lib/api'
import { strings } from '@/strings/thread-rerun'
import type { ToolPart } from '@/wire/wire.gen'
import type { Piece } from './error-place'
import { formatElapsed } from '../rows/format'
import type { Going } from './reruns'
import { TraceFacts } from '../panel/trace-facts'
import { useElapsed } from '../state/use-clock'

/** Elapsed tells for how long a run has been going on. */
export function Elapsed({ going }: { going: Going }) {
  const since = going.name === 'running' ? going.since : undefined
  const elapsed = useElapsed(since)
  return since === undefined ? null : (
    <span className="dim num">{strings.runningFor(formatElapsed(elapsed))}</span>
  )
}

/** Outcome says what became of the newest run, where that is no result. */
export function Outcome({
  part,
  going,
  place,
  onShow,
  unreachable,
}: {
  part: ToolPart
  going: Going
  /** Which piece of the text is wrong, where that is known and can be shown. */
  place?: Piece | undefined
  onShow?: (piece: Piece) => void
  /** What is said where nothing answered. */
  unreachable: string
}) {
  return (
    <div role="status">
      {going.name === 'running' && <span className="sr-only">{strings.running}</span>}
      {going.name === 'stopped' && <p className="dim">{strings.stopped}</p>}
      {going.name === 'refused' && (
        <div className="wrong">
          <h3>{strings.refused(part.tool.serverName)}</h3>
          <p className="said">{going.text}</p>
          {place && (
            <button type="button" className="link" onClick={() => onShow?.(place)}>
              {strings.place(place.line, place.column)}
            </button>
          )}
        </div>
      )}
      {going.name === 'failed' && (
        <div className="wrong">
          <h3>{strings.notRun}</h3>
          <p>{isGone(going.problem) ? unreachable : going.problem.detail}</p>
          <TraceFacts trace={going.problem.trace ?? {}} />
        </div>
      )}
    </div>
  )
}
