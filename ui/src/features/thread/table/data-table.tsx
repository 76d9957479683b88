import { useMemo, useRef, type RefObject } from 'react'
import { useMedia, widths } from '@/lib/use-media'
import { strings } from '@/strings/thread'
import { Icon } from '@/ui/icon'
import { DataRow } from './data-row'
import { aimAt, type Place } from '../rows/pointer'
import { useFoundRow } from './reach-row'
import { ScrollRegion } from '@/ui/scroll-region'
import type { Column, TableData } from '../rows/table-data'
import { useSortedRows } from './use-sorted-rows'
import { VirtualBody, virtualFrom } from './virtual-body'

/** How near the end, in pixels, the rows that follow are asked for. */
const nearEnd = 400

/** What DataTable takes; without the optional ones the table is the whole of its result. */
export interface DataTableProps {
  data: TableData
  name: string
  words: string
  limit: number
  /** The table has a height of its own and scrolls in it, however few its rows are. */
  tall?: boolean
  /** There are more rows than these. */
  partial?: boolean
  /** Rows that the answer cites, from 0. */
  cited?: ReadonlySet<number> | undefined
  /** What is pointed at of it. */
  pointed?: Place | undefined
  /** A row to be shown and to take the focus, from 0; -1 is the table itself. */
  find?: number | undefined
  /** It has the focus; or it is not among the rows on view, which limit or words keep away. */
  onFound?: (found: boolean) => void
  /** Where to go back to from a row that was found. */
  onBack?: () => void
  onNearEnd?: () => void
  /** The reader sorts the rows, or leaves them as they came. */
  onSort?: (sorted: boolean) => void
  scroller?: RefObject<HTMLDivElement | null>
}

/**
 * DataTable shows a result: rows numbered as the call returned them, sorted by the
 * head that was pressed, filtered by words, at most limit of them. NULL sorts last.
 */
export function DataTable({
  data,
  name,
  words,
  limit,
  tall = false,
  partial = false,
  cited,
  pointed,
  find,
  onFound,
  onBack,
  onNearEnd,
  onSort,
  scroller,
}: DataTableProps) {
  const { columns } = data
  const ownWrap = useRef<HTMLDivElement>(null)
  const wrap = scroller ?? ownWrap
  const { rows, by, scale, formats, sort } = useSortedRows(data, words, (sorted) => {
    if (wrap.current) wrap.current.scrollTop = 0
    onSort?.(sorted)
  })
  const shown = useMemo(() => (rows.length > limit ? rows.slice(0, limit) : rows), [rows, limit])
  const virtual = shown.length > virtualFrom
  const rowHeight = useRowHeight()
  const numbers = useMemo(() => shown.map((row) => row.number), [shown])
  useFoundRow(wrap, find, numbers, rowHeight, onFound)
  // Where every row is cited, saying so of each says nothing.
  const marked = cited && cited.size < data.rows.length ? cited : undefined

  const drawn = (place: number) => {
    const row = shown[place]
    return (
      row && (
        <DataRow
          key={row.number}
          row={row}
          place={place}
          cited={marked?.has(row.number - 1) === true}
          aimed={aimAt(pointed, row.number - 1)}
          onBack={onBack}
          barred={by?.column}
          {...{ columns, formats, scale }}
        />
      )
    )
  }
  return (
    <ScrollRegion
      ref={wrap}
      className={virtual || tall ? 'tablewrap tall' : 'tablewrap'}
      aria-label={name}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        if (scrollTop > 0 && scrollHeight - scrollTop - clientHeight < nearEnd) onNearEnd?.()
      }}
    >
      <table className="data" aria-rowcount={partial ? -1 : rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th className="rn" scope="col">
              <span className="sr-only">{strings.row}</span>
            </th>
            {columns.map((column, i) => (
              <HeadCell
                // oxlint-disable-next-line react/no-array-index-key -- a result may repeat a name
                key={i}
                column={column}
                sorted={by?.column === i ? by.direction : undefined}
                onSort={() => sort(i)}
              />
            ))}
            {scale !== undefined && (
              <th className="bar" scope="col">
                <span className="sr-only">{strings.share}</span>
              </th>
            )}
          </tr>
        </thead>
        {virtual ? (
          <VirtualBody count={shown.length} scroller={wrap} span={columns.length + 2} rowHeight={rowHeight}>
            {drawn}
          </VirtualBody>
        ) : (
          <tbody>{shown.map((_, place) => drawn(place))}</tbody>
        )}
      </table>
      {words.trim() !== '' && rows.length > 0 && (
        <p className="aside num" role="status">
          {strings.matching(rows.length, data.rows.length)}
        </p>
      )}
      {data.rows.length === 0 && <p className="aside">{strings.noRows}</p>}
      {data.rows.length > 0 && rows.length === 0 && (
        <p className="aside" role="status">
          {strings.noMatch(words)}
        </p>
      )}
    </ScrollRegion>
  )
}

function HeadCell({
  column,
  sorted,
  onSort,
}: {
  column: Column
  sorted: 'ascending' | 'descending' | undefined
  onSort: () => void
}) {
  return (
    <th scope="col" className={column.numeric ? 'n' : undefined} aria-sort={sorted ?? 'none'}>
      <button type="button" onClick={onSort}>
        {column.name}
        {sorted && <Icon name={sorted === 'descending' ? 'arrowDown' : 'arrowUp'} size="xs" />}
      </button>
    </th>
  )
}

/** Returns the height of a row in pixels. */
export function useRowHeight(): number {
  return useMedia(widths.phone) ? 32 : 28
}
