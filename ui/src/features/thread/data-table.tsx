import { useEffect, useMemo, useRef, useState, type RefObject } from 'react'
import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
  type Row,
  type SortingState,
} from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useMedia, widths } from '@/lib/use-media'
import { strings } from '@/strings/thread'
import { cn } from '@/ui/cn'
import { Icon } from '@/ui/icon'
import { cellFormat, exactOf } from './format'
import { aimAt, type Place } from './pointer'
import { ScrollRegion } from './scroll-region'
import type { Cell, Column, TableData } from './table-data'
import { barScale, compareCells, filterRows, rankedBy } from './table-order'

interface NumberedRow {
  number: number
  cells: Cell[]
}

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() })
const helper = createColumnHelper<typeof features, NumberedRow>()

/** From this many rows on, only those in sight are in the document. */
const virtualFrom = 200

/** How near the end, in pixels, the rows that follow are asked for. */
const nearEnd = 400

/** Returns the height of a row in pixels. */
export function useRowHeight(): number {
  return useMedia(widths.phone) ? 32 : 28
}

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
  const ranked = useMemo(() => rankedBy(data), [data])
  const ownWrap = useRef<HTMLDivElement>(null)
  const wrap = scroller ?? ownWrap
  // Until the reader chooses an order, it is the one that the result came in.
  const [chosen, setChosen] = useState<SortingState>()
  const sorting = useMemo<SortingState>(
    () => chosen ?? (ranked === undefined ? [] : [{ id: String(ranked), desc: true }]),
    [chosen, ranked],
  )
  const formats = useMemo(() => columns.map(cellFormat), [columns])
  const rows = useMemo(() => filterRows(data.rows, words, formats), [data, words, formats])
  const definitions = useMemo(
    () =>
      helper.columns(
        columns.map((column, i) =>
          helper.accessor((row) => row.cells[i] ?? undefined, {
            id: String(i),
            header: column.name,
            sortUndefined: 'last',
            sortDescFirst: column.numeric,
            sortFn: (a, b) => compareCells(a.original.cells[i] ?? null, b.original.cells[i] ?? null),
          }),
        ),
      ),
    [columns],
  )
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    state: { sorting },
    onSortingChange: (update) => {
      const next = typeof update === 'function' ? update(sorting) : update
      setChosen(next)
      if (wrap.current) wrap.current.scrollTop = 0
      onSort?.(next.length > 0)
    },
    enableMultiSort: false,
  })
  const barred = sorting[0] ? Number(sorting[0].id) : undefined
  const scale = barred === undefined ? undefined : barScale(columns[barred], data.rows, barred)
  const sorted = table.getRowModel().rows
  const shown = sorted.length > limit ? sorted.slice(0, limit) : sorted
  const virtual = shown.length > virtualFrom
  const rowHeight = useRowHeight()
  // Where every row is cited, saying so of each says nothing.
  const marked = cited && cited.size < data.rows.length ? cited : undefined

  useEffect(() => {
    if (find === undefined) return
    if (find < 0) {
      wrap.current?.focus()
      onFound?.(true)
      return
    }
    const place = shown.findIndex((row) => row.original.number === find + 1)
    if (place < 0) {
      onFound?.(false)
      return
    }
    return reachRow(wrap.current, find + 1, place * rowHeight, (row) => {
      row?.focus({ preventScroll: true })
      row?.scrollIntoView({ block: 'center' })
      onFound?.(true)
    })
  }, [find, shown, onFound, rowHeight, wrap])

  const drawn = (row: Row<typeof features, NumberedRow>, place: number) => (
    <DataRow
      key={row.id}
      row={row.original}
      place={place}
      cited={marked?.has(row.original.number - 1) === true}
      aimed={aimAt(pointed, row.original.number - 1)}
      onBack={onBack}
      {...{ columns, formats, barred, scale }}
    />
  )
  return (
    <ScrollRegion
      ref={wrap}
      className={virtual || tall ? 'tablewrap tall' : 'tablewrap'}
      aria-label={name}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        if (scrollTop > 0 && scrollHeight - scrollTop - clientHeight < nearEnd) onNearEnd?.()
      }}
    >
      <table className="data" aria-rowcount={partial ? -1 : sorted.length + 1}>
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
                sorted={barred === i ? (sorting[0]?.desc ? 'descending' : 'ascending') : undefined}
                onSort={() => table.getColumn(String(i))?.toggleSorting()}
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
          <VirtualBody rows={shown} scroller={wrap} span={columns.length + 2} rowHeight={rowHeight}>
            {drawn}
          </VirtualBody>
        ) : (
          <tbody>{shown.map(drawn)}</tbody>
        )}
      </table>
      {words.trim() !== '' && sorted.length > 0 && (
        <p className="aside num" role="status">
          {strings.matching(sorted.length, data.rows.length)}
        </p>
      )}
      {data.rows.length === 0 && <p className="aside">{strings.noRows}</p>}
      {data.rows.length > 0 && sorted.length === 0 && (
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

function DataRow({
  row,
  columns,
  formats,
  barred,
  scale,
  place,
  cited,
  aimed,
  onBack,
}: {
  row: NumberedRow
  /** Where it stands among the rows on view, from 0. */
  place: number
  cited: boolean
  aimed: boolean | readonly number[]
  onBack: (() => void) | undefined
  columns: readonly Column[]
  formats: readonly ((cell: Cell) => string)[]
  barred: number | undefined
  scale: number | undefined
}) {
  const measured = barred === undefined ? null : row.cells[barred]
  return (
    // A row takes the focus when a mark of the text leads to it, and Escape leads back.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <tr
      className={cn(cited && 'cited', aimed === true && 'aimed') || undefined}
      aria-rowindex={place + 2}
      data-row={row.number}
      tabIndex={-1}
      onKeyDown={(e) => {
        if (e.key === 'Escape') onBack?.()
      }}
    >
      <td className="rn">
        {row.number}
        {cited && <span className="sr-only">, {strings.citedRow}</span>}
      </td>
      {columns.map((column, i) => {
        const cell = row.cells[i] ?? null
        const written = cell === null ? strings.isNull : (formats[i]?.(cell) ?? String(cell))
        return (
          // oxlint-disable-next-line react/no-array-index-key -- a result may repeat a name
          <td
            key={i}
            className={
              cn(column.numeric && 'n', typeof aimed === 'object' && aimed.includes(i) && 'aimed') ||
              undefined
            }
            title={column.numeric ? exactOf(cell, written) : tip(written)}
          >
            {cell === null ? <span className="null">{written}</span> : written}
          </td>
        )
      })}
      {scale !== undefined && (
        <td className="bar">
          {typeof measured === 'number' && <i style={{ width: `${(measured / scale) * 100}%` }} />}
        </td>
      )}
    </tr>
  )
}

/**
 * Scrolls until a row is drawn, and hands it over; or nothing, if it does not come. Top is how
 * far down it stands, in pixels. Returns what gives up on it.
 */
export function reachRow(
  wrap: HTMLElement | null,
  number: number,
  top: number,
  done: (row: HTMLElement | null) => void,
): () => void {
  let left = 20
  let frame = 0
  const look = () => {
    const row = wrap?.querySelector<HTMLElement>(`tr[data-row="${number}"]`) ?? null
    if (row || left-- === 0) {
      done(row)
      return
    }
    // Rows that have just begun to be drawn as needed go back to the top once.
    if (wrap) wrap.scrollTop = top
    frame = requestAnimationFrame(look)
  }
  look()
  return () => cancelAnimationFrame(frame)
}

/** Text that its column may cut is told whole in a tooltip. */
function tip(text: string): string | undefined {
  return text.length > 40 ? text : undefined
}

/** The rows in sight between two spacers, in a table that keeps its own layout. */
function VirtualBody({
  rows,
  scroller,
  span,
  rowHeight,
  children,
}: {
  rows: Row<typeof features, NumberedRow>[]
  scroller: RefObject<HTMLDivElement | null>
  span: number
  rowHeight: number
  children: (row: Row<typeof features, NumberedRow>, place: number) => React.ReactNode
}) {
  // oxlint-disable-next-line react/incompatible-library -- nothing memoised is handed its functions
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 20,
  })
  const items = virtualizer.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    <tbody>
      {before > 0 && <Spacer height={before} span={span} />}
      {items.map(({ index }) => {
        const row = rows[index]
        return row && children(row, index)
      })}
      {after > 0 && <Spacer height={after} span={span} />}
    </tbody>
  )
}

function Spacer({ height, span }: { height: number; span: number }) {
  return (
    <tr aria-hidden="true">
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- it is no control, only height */}
      <td colSpan={span} className="spacer" style={{ height }} />
    </tr>
  )
}
