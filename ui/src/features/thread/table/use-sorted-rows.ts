import { useMemo, useState } from 'react'
import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
  type SortingState,
} from '@tanstack/react-table'
import type { NumberedRow } from './data-row'
import { cellFormat } from '../rows/format'
import type { Cell, TableData } from '../rows/table-data'
import { barScale, compareCells, filterRows, rankedBy } from '../rows/table-order'

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() })
const helper = createColumnHelper<typeof features, NumberedRow>()

/** The rows of a result as a reader wants to see them. */
export interface SortedRows {
  rows: NumberedRow[]
  /** The column by which they stand in this order, and which way. */
  by: { column: number; direction: 'ascending' | 'descending' } | undefined
  /** What a full bar of that column stands for; undefined has no bars. */
  scale: number | undefined
  /** How the cells of each column are written. */
  formats: readonly ((cell: Cell) => string)[]
  /** Sorts by a column; again, the other way, and then not at all. */
  sort: (column: number) => void
}

/**
 * Filters rows by words and sorts them by the column that was chosen; until one is, the order is the
 * one that the result came in. NULL sorts last. OnSort is told whether the reader sorts.
 */
export function useSortedRows(
  data: TableData,
  words: string,
  onSort: ((sorted: boolean) => void) | undefined,
): SortedRows {
  const { columns } = data
  const ranked = useMemo(() => rankedBy(data), [data])
  const [chosen, setChosen] = useState<SortingState>()
  const sorting = useMemo<SortingState>(
    () => chosen ?? (ranked === undefined ? [] : [{ id: String(ranked), desc: true }]),
    [chosen, ranked],
  )
  const formats = useMemo(() => columns.map(cellFormat), [columns])
  const filtered = useMemo(() => filterRows(data.rows, words, formats), [data, words, formats])
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
    data: filtered,
    state: { sorting },
    onSortingChange: (update) => {
      const next = typeof update === 'function' ? update(sorting) : update
      setChosen(next)
      onSort?.(next.length > 0)
    },
    enableMultiSort: false,
  })
  const model = table.getRowModel().rows
  const rows = useMemo(() => model.map((row) => row.original), [model])
  const [first] = sorting
  const column = first && Number(first.id)
  return {
    rows,
    by:
      first && column !== undefined
        ? { column, direction: first.desc ? 'descending' : 'ascending' }
        : undefined,
    scale: column === undefined ? undefined : barScale(columns[column], data.rows, column),
    formats,
    sort: (at) => table.getColumn(String(at))?.toggleSorting(),
  }
}
