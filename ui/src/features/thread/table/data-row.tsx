import { strings } from '@/strings/thread'
import { cn } from '@/ui/cn'
import { exactOf } from '../rows/format'
import type { Cell, Column } from '../rows/table-data'

/** A row with its number in the result, from 1. */
export interface NumberedRow {
  number: number
  cells: Cell[]
}

/** DataRow is a row with its number, its cells as they are written, and the bar of the column that is ranked. */
export function DataRow({
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

/** Text that its column may cut is told whole in a tooltip. */
function tip(text: string): string | undefined {
  return text.length > 40 ? text : undefined
}
