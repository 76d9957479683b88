import { useEffect, useRef, useState, type RefObject } from 'react'
import { strings } from '@/strings/thread'
import { Button } from '@/ui/button'
import { Ring } from '@/ui/ring'
import { pageOfRows, type ResultRows } from '../rows/use-result-rows'

/**
 * RowsBar stands below a table that is a part of its result: how much of it there is,
 * what sorting and filtering cover, and a button for the rows that come next. The button
 * stays while they are loaded, and where loading failed, so that it keeps the focus.
 */
export function RowsBar({
  rows,
  lost,
  ordered,
  missing,
  scroller,
  onMore,
}: {
  rows: ResultRows
  /** The rows that the message does not hold were not kept. */
  lost: boolean
  /** The reader sorts or filters the rows. */
  ordered: boolean
  /** A row that was looked for and cannot be had. */
  missing: number | undefined
  /** Takes the focus when the button goes. */
  scroller: RefObject<HTMLElement | null>
  onMore: (from: number) => void
}) {
  const { data, kept, complete, loading, problem, gone } = rows
  const have = data.rows.length
  const partial = !complete || data.total === undefined || have < data.total || !data.exact
  const came = useCame(have)
  const button = useRef<HTMLButtonElement>(null)
  const focused = useRef(false)
  const next = !complete && !gone
  useEffect(() => {
    if (!next && focused.current) scroller.current?.focus({ preventScroll: true })
  }, [next, scroller])
  const all =
    data.total !== undefined && data.total > have ? strings.atLeast(data.total, data.exact) : strings.someMore
  const last = kept ?? (data.exact ? data.total : undefined)
  const end = last && Math.min(have + pageOfRows, last)

  return (
    <>
      {/* Read out without being seen: the eye finds the rows where they are. */}
      <p className="sr-only" role="status">
        {came && strings.rowsCame(came.from, came.to)}
      </p>
      {missing !== undefined && (
        <p className="aside num" role="status">
          {strings.noSuchRow(missing)}
        </p>
      )}
      {partial && (data.total !== undefined || !complete) && (
        <div className="rowsbar num">
          <p
            className={problem === undefined ? undefined : 'bad'}
            role={problem === undefined ? undefined : 'alert'}
          >
            {problem ?? sayHowMuch(rows, lost, all)}
          </p>
          {ordered && (
            <p>
              {complete
                ? strings.orderingThese
                : loading
                  ? strings.orderingAll(all)
                  : strings.orderingSome(have)}
            </p>
          )}
          {next && (
            <Button
              ref={button}
              size="sm"
              variant="accent"
              aria-disabled={loading}
              onFocus={() => (focused.current = true)}
              onBlur={() => (focused.current = false)}
              onClick={() => {
                if (!loading) onMore(have)
              }}
            >
              {loading && <Ring />}
              {loading
                ? strings.loadingRows
                : problem !== undefined
                  ? strings.retry
                  : end === undefined
                    ? strings.showMoreRows
                    : strings.showRows(have + 1, end)}
            </Button>
          )}
        </div>
      )}
    </>
  )
}

function sayHowMuch({ data, kept, complete }: ResultRows, lost: boolean, all: string): string {
  const have = data.rows.length
  if (complete) return lost ? strings.notKept(have, all) : strings.toolGave(have, all)
  const given = kept !== undefined && kept < (data.total ?? Infinity) ? kept : undefined
  const much = given === undefined ? strings.rowsOf(have, all) : strings.rowsOfGiven(have, given, all)
  return `${much} ${strings.csvHasGiven}`
}

/** Returns which rows came last, counted from 1, once some have come. */
function useCame(have: number): { from: number; to: number } | undefined {
  const [seen, setSeen] = useState<{ have: number; came?: { from: number; to: number } }>({ have })
  if (seen.have !== have) setSeen({ have, came: { from: seen.have + 1, to: have } })
  return seen.came
}
