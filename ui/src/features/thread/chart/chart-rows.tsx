import { useEffect, useRef, useState, type RefObject } from 'react'
import { strings as words } from '@/strings/thread'
import { strings } from '@/strings/thread-chart'
import { Button } from '@/ui/button'
import { Ring } from '@/ui/ring'
import { mostRows, type ResultRows } from '../rows/use-result-rows'

/**
 * ChartRows says of how much of a result a chart is drawn, where that is not all of it, and
 * loads the rest when it is asked to.
 */
export function ChartRows({
  rows,
  lost,
  home,
}: {
  rows: ResultRows
  /** The rows that the message does not hold were not kept. */
  lost: boolean
  /** Takes the focus when the button goes. */
  home: RefObject<HTMLElement | null>
}) {
  const { data, complete, loading, problem, gone, load } = rows
  const have = data.rows.length
  const [began] = useState(have)
  const next = !complete && !gone && have < mostRows
  const focused = useRef(false)
  useEffect(() => {
    if (next || !focused.current) return
    focused.current = false
    home.current?.focus({ preventScroll: true })
  }, [next, home])
  const partial = !complete || (data.total !== undefined && have < data.total) || !data.exact
  const all =
    data.total !== undefined && data.total > have ? words.atLeast(data.total, data.exact) : words.someMore
  const say = !complete ? strings.drawnFrom : lost ? strings.drawnFromKept : strings.drawnFromGiven
  return (
    <>
      <p className="sr-only" role="status">
        {have > began && strings.loaded(have)}
      </p>
      {partial && (
        <div className="rowsbar num">
          {problem === undefined ? (
            <p>{say(have, all)}</p>
          ) : (
            <p className="bad" role="alert">
              {problem}
            </p>
          )}
          {next && (
            <Button
              size="sm"
              variant="accent"
              aria-disabled={loading}
              onFocus={() => (focused.current = true)}
              onBlur={() => (focused.current = false)}
              onClick={() => {
                if (!loading) load(mostRows)
              }}
            >
              {loading && <Ring />}
              {loading ? strings.loading : problem === undefined ? strings.loadAll : strings.retry}
            </Button>
          )}
        </div>
      )}
    </>
  )
}
