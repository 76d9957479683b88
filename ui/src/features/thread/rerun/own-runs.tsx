import { useId, useMemo, useState } from 'react'
import { strings as threadStrings } from '@/strings/thread'
import { strings } from '@/strings/thread-rerun'
import { Button } from '@/ui/button'
import { Icon } from '@/ui/icon'
import type { ToolPart } from '@/wire/wire.gen'
import { csvOf, download } from '../rows/csv'
import { formatDuration, formatSecond } from '../rows/format'
import { previewOf } from '../panel/preview'
import { TextBox } from '../panel/raw-view'
import type { OwnRun } from './reruns'
import { ResultTable } from '../table/result-table'
import { rowCountOf, tableOf } from '../rows/table-data'

/** A short table is shown whole, a longer one begins with its first rows. */
const wholeUpTo = 12
const firstRows = 10

/** OwnRuns lists a person's own runs of a call, the newest first, of which one is open. */
export function OwnRuns({
  part,
  number,
  runs,
  open,
  onShow,
  onEdit,
}: {
  part: ToolPart
  number: number
  runs: readonly OwnRun[]
  open: number
  onShow: (n: number) => void
  onEdit: ((run: OwnRun) => void) | undefined
}) {
  const newest = runs[0]
  const [first] = useState(newest?.n)
  return (
    <>
      <p className="sr-only" role="status">
        {newest &&
          newest.n !== first &&
          strings.said(rowsOf(part, newest), formatDuration(newest.durationMs))}
      </p>
      {runs.length > 0 && (
        // oxlint-disable-next-line jsx-a11y/no-redundant-roles -- without list marks, Safari takes it for no list
        <ol className="own" role="list" aria-label={strings.ownRuns(number)}>
          {runs.map((run) => (
            <Own
              key={run.n}
              part={part}
              number={number}
              run={run}
              open={run.n === open}
              onShow={onShow}
              onEdit={onEdit}
            />
          ))}
        </ol>
      )}
    </>
  )
}

/** The call that a run would be if it were one. */
function asCall(part: ToolPart, { input, output }: OwnRun): ToolPart {
  return { ...part, input, output }
}

function rowsOf(part: ToolPart, run: OwnRun): number | undefined {
  return rowCountOf(asCall(part, run))
}

function Own({
  part,
  number,
  run,
  open,
  onShow,
  onEdit,
}: {
  part: ToolPart
  number: number
  run: OwnRun
  open: boolean
  onShow: (n: number) => void
  onEdit: ((run: OwnRun) => void) | undefined
}) {
  const body = useId()
  const rows = rowsOf(part, run)
  return (
    <li>
      <button
        type="button"
        className="own__line"
        aria-expanded={open}
        aria-controls={open ? body : undefined}
        onClick={() => onShow(run.n)}
      >
        <Icon name="chevronRight" size="xs" className="chev" />
        <b>{strings.own}</b>
        <span className="not">{strings.notAnswer}</span>
        <span className="what">{open ? '' : previewOf(asCall(part, run))}</span>
        {rows !== undefined && <span className="num">{threadStrings.rows(rows)}</span>}
        <span className="num">{formatDuration(run.durationMs)}</span>
        <time dateTime={run.startedAt} className="num wide-only">
          {formatSecond(run.startedAt)}
        </time>
      </button>
      {open && (
        <div id={body}>
          <Result part={part} number={number} run={run} onEdit={onEdit} />
        </div>
      )}
    </li>
  )
}

/** What a run gave: a table where it is one, with its CSV, or else its text. */
function Result({
  part,
  number,
  run,
  onEdit,
}: {
  part: ToolPart
  number: number
  run: OwnRun
  onEdit: ((run: OwnRun) => void) | undefined
}) {
  const { output, n } = run
  const table = useMemo(() => tableOf(output), [output])
  const [all, setAll] = useState(false)
  const rows = table?.rows.length ?? 0
  const asked = previewOf(asCall(part, run))
  const file = `${part.tool.tool}-${number}-own-${n}.csv`
  return (
    <>
      {asked !== '' && (
        <p className="asked">
          <code>{asked}</code>
        </p>
      )}
      {table ? (
        <ResultTable
          output={output}
          table={table}
          number={notCited}
          name={strings.ownTable(number, n)}
          words=""
          limit={all || rows <= wholeUpTo ? Infinity : firstRows}
          onUnfold={() => setAll(true)}
          onClear={() => undefined}
        />
      ) : output.text === '' ? (
        <p className="dim">{strings.nothing}</p>
      ) : (
        <TextBox text={output.text} name={strings.ownText(number, n)} words={threadStrings.copyText} />
      )}
      <div className="acts">
        {onEdit && (
          <Button variant="quiet" size="sm" aria-label={strings.editRun(n)} onClick={() => onEdit(run)}>
            <Icon name="edit" size="sm" />
            {strings.again}
          </Button>
        )}
        {table && rows > 0 && <Csv output={output} file={file} />}
        <span className="spring" />
        {table && rows > wholeUpTo && (
          <Button variant="accent" size="sm" onClick={() => setAll(!all)}>
            {all
              ? threadStrings.showFewer
              : output.truncated
                ? threadStrings.showFirst(rows)
                : threadStrings.showAll(rows)}
          </Button>
        )}
      </div>
    </>
  )
}

/** No mark of an answer leads to the rows of a person's own run. */
const notCited = 0

function Csv({ output, file }: { output: OwnRun['output']; file: string }) {
  const label = (
    <>
      <Icon name="download" size="sm" />
      {threadStrings.csv}
    </>
  )
  if (output.truncated && output.resultId !== undefined) {
    return (
      <Button asChild variant="quiet" size="sm" aria-label={threadStrings.downloadCsv}>
        <a href={`/api/results/${encodeURIComponent(output.resultId)}.csv`} download>
          {label}
        </a>
      </Button>
    )
  }
  const save = () => {
    const table = tableOf(output)
    if (table) download(file, csvOf(table))
  }
  return (
    <Button variant="quiet" size="sm" aria-label={threadStrings.downloadCsv} onClick={save}>
      {label}
    </Button>
  )
}
