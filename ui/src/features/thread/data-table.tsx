import { useMemo, useRef, useState } from 'react'
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
import { Icon } from '@/ui/icon'
import { cellFormat } from './format'
import { ScrollRegion } from './scroll-region'
import { strings } from './strings'
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
const rowHeight = 28

/**
 * DataTable shows a result: rows numbered as the call returned them, sorted by the
 * head that was pressed, filtered by words, at most limit of them. NULL sorts last.
 */
export function DataTable({
  data,
  name,
  words,
  limit,
}: {
  data: TableData
  name: string
  words: string
  limit: number
}) {
  const { columns } = data
  const ranked = useMemo(() => rankedBy(data), [data])
  const [sorting, setSorting] = useState<SortingState>(
    ranked === undefined ? [] : [{ id: String(ranked), desc: true }],
  )
  const rows = useMemo(() => filterRows(data.rows, words), [data, words])
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
    onSortingChange: setSorting,
    enableMultiSort: false,
  })
  const formats = useMemo(() => columns.map(cellFormat), [columns])
  const barred = sorting[0] ? Number(sorting[0].id) : undefined
  const scale = barred === undefined ? undefined : barScale(columns[barred], data.rows, barred)
  const sorted = table.getRowModel().rows
  const shown = sorted.length > limit ? sorted.slice(0, limit) : sorted
  const wrap = useRef<HTMLDivElement>(null)
  const virtual = shown.length > virtualFrom

  return (
    <ScrollRegion ref={wrap} className={virtual ? 'tablewrap tall' : 'tablewrap'} aria-label={name}>
      <table className="data" aria-rowcount={sorted.length + 1}>
        <thead>
          <tr>
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
          <VirtualBody rows={shown} scroller={wrap} span={columns.length + 2}>
            {(row) => <DataRow key={row.id} row={row.original} {...{ columns, formats, barred, scale }} />}
          </VirtualBody>
        ) : (
          <tbody>
            {shown.map((row) => (
              <DataRow key={row.id} row={row.original} {...{ columns, formats, barred, scale }} />
            ))}
          </tbody>
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
}: {
  row: NumberedRow
  columns: readonly Column[]
  formats: readonly ((cell: Cell) => string)[]
  barred: number | undefined
  scale: number | undefined
}) {
  const measured = barred === undefined ? null : row.cells[barred]
  return (
    <tr>
      <td className="rn">{row.number}</td>
      {columns.map((column, i) => {
        const cell = row.cells[i] ?? null
        const written = cell === null ? strings.isNull : (formats[i]?.(cell) ?? String(cell))
        const exact = cell !== null && written.replaceAll(',', '') !== String(cell) ? String(cell) : undefined
        return (
          // oxlint-disable-next-line react/no-array-index-key -- a result may repeat a name
          <td
            key={i}
            className={column.numeric ? 'n' : undefined}
            title={column.numeric ? exact : tip(written)}
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

/** Text that its column may cut is told whole in a tooltip. */
function tip(text: string): string | undefined {
  return text.length > 40 ? text : undefined
}

/** The rows in sight between two spacers, in a table that keeps its own layout. */
function VirtualBody({
  rows,
  scroller,
  span,
  children,
}: {
  rows: Row<typeof features, NumberedRow>[]
  scroller: React.RefObject<HTMLDivElement | null>
  span: number
  children: (row: Row<typeof features, NumberedRow>) => React.ReactNode
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
        return row && children(row)
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
