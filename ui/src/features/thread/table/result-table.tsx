import { use, useCallback, useEffect, useRef, useState } from 'react'
import type { ToolResult } from '@/wire/wire.gen'
import { DataTable, useRowHeight } from './data-table'
import { CitedContext, usePointed, usePointer, useSought } from '../rows/pointer'
import { reachRow } from './reach-row'
import { RowsBar } from './rows-bar'
import type { TableData } from '../rows/table-data'
import { mostRows, pageOfRows, useResultRows } from '../rows/use-result-rows'

/**
 * ResultTable shows the rows of a call, those that its message holds first. The others
 * are loaded as the reader scrolls or asks for them; all of them, up to a limit, where the
 * reader sorts or filters, and as many as it takes to show a row that the text cites.
 */
export function ResultTable({
  output,
  table,
  number,
  name,
  words,
  limit,
  onUnfold,
  onClear,
}: {
  output: ToolResult
  table: TableData
  number: number
  name: string
  words: string
  /** Rows to begin with. */
  limit: number
  onUnfold: () => void
  onClear: () => void
}) {
  const { truncated = false, resultId } = output
  const rows = useResultRows(table, truncated ? resultId : undefined)
  const { data, complete, loading, problem, load } = rows
  const have = data.rows.length
  const scroller = useRef<HTMLDivElement>(null)
  const pointer = usePointer()
  const sought = useSought(number)
  const pointed = usePointed(number)
  const cited = use(CitedContext).get(number)
  const [sorted, setSorted] = useState(false)
  const ordered = sorted || words.trim() !== ''

  useEffect(() => {
    if (ordered) load(mostRows)
  }, [ordered, load])

  const goal = sought && (sought.place.rows?.[0] ?? -1)
  const beyond = goal !== undefined && goal >= have
  const lost = beyond && (complete || (!loading && problem !== undefined))
  const [missing, setMissing] = useState<number>()
  if (lost && missing !== goal + 1) setMissing(goal + 1)
  const back = useRef<HTMLElement>(null)
  useEffect(() => {
    if (beyond) load(goal + 1)
  }, [beyond, goal, load])
  const onFound = useCallback(
    (found: boolean) => {
      if (!found) {
        if (limit < Infinity) onUnfold()
        else onClear()
      } else if (sought) {
        back.current = sought.from
        setMissing(undefined)
        pointer.found()
      }
    },
    [limit, onUnfold, onClear, pointer, sought],
  )
  useEffect(() => {
    if (!lost) return
    scroller.current?.focus()
    pointer.found()
  }, [lost, pointer])

  /** The first of the rows that were asked for, to be scrolled to when they are there. */
  const asked = useRef<number>(undefined)
  const rowHeight = useRowHeight()
  useEffect(() => {
    const from = asked.current
    if (from === undefined || have <= from) return
    asked.current = undefined
    if (ordered) return
    const top = from * rowHeight
    return reachRow(scroller.current, from + 1, top, () => {
      if (scroller.current) scroller.current.scrollTop = top
    })
  }, [have, ordered, rowHeight])

  return (
    <>
      <DataTable
        data={data}
        name={name}
        words={words}
        limit={limit}
        tall={!complete && limit > have}
        partial={!complete}
        cited={cited}
        pointed={pointed}
        find={beyond ? undefined : goal}
        onFound={onFound}
        onBack={() => back.current?.focus()}
        onNearEnd={() => {
          if (!complete && !loading && problem === undefined) load(have + pageOfRows)
        }}
        onSort={setSorted}
        scroller={scroller}
      />
      <RowsBar
        rows={rows}
        lost={truncated && resultId === undefined}
        ordered={ordered}
        missing={missing}
        scroller={scroller}
        onMore={() => {
          onUnfold()
          asked.current = have
          load(have + pageOfRows)
        }}
      />
    </>
  )
}
