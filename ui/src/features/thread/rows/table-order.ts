import { locale } from '@/lib/locale'
import { ungrouped } from '@/lib/number'
import { isNumber, type Cell, type Column, type TableData } from './table-data'

const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' })

/**
 * Orders two cells ascending: numbers by value, text as people read it, false
 * before true. NULL is no value and is left to the caller.
 */
export function compareCells(a: Cell, b: Cell): number {
  if (isNumber(a) && isNumber(b)) {
    const difference = Number(a) - Number(b)
    if (difference !== 0 || typeof a === typeof b) return difference || collator.compare(`${a}`, `${b}`)
  }
  return collator.compare(String(a), String(b))
}

/**
 * Returns the column by which a result is already ranked, largest first, if there
 * is one: the last measure that never rises and does fall.
 */
export function rankedBy(data: TableData): number | undefined {
  if (data.rows.length < 3) return undefined
  const i = data.columns.findLastIndex((column, at) => column.measure && falls(data.rows, at))
  return i < 0 ? undefined : i
}

function falls(rows: readonly Cell[][], i: number): boolean {
  let fell = false
  for (let r = 1; r < rows.length; r++) {
    const before = rows[r - 1]?.[i]
    const now = rows[r]?.[i]
    if (typeof before !== 'number' || typeof now !== 'number' || now > before) return false
    fell ||= now < before
  }
  return fell
}

/** Returns the largest value of a measure that can be drawn as bars from zero, or undefined. */
export function barScale(column: Column | undefined, rows: readonly Cell[][], i: number): number | undefined {
  if (!column?.measure) return undefined
  let largest = 0
  for (const row of rows) {
    const cell = row[i]
    if (typeof cell !== 'number') continue
    if (cell < 0) return undefined
    largest = Math.max(largest, cell)
  }
  return largest > 0 ? largest : undefined
}

/**
 * Returns the rows, with their numbers, of which some cell holds the words: as it is, or as it is
 * written for eyes, with or without what groups its digits. Without formats cells are as they are.
 */
export function filterRows(
  rows: readonly Cell[][],
  words: string,
  formats: readonly ((cell: Cell) => string)[] = [],
): { number: number; cells: Cell[] }[] {
  const numbered = rows.map((cells, i) => ({ number: i + 1, cells }))
  const wanted = words.trim().toLowerCase()
  if (wanted === '') return numbered
  const holds = (text: string) => text.toLowerCase().includes(wanted)
  return numbered.filter(({ cells }) =>
    cells.some((cell, i) => {
      if (cell === null) return false
      if (holds(String(cell))) return true
      const format = isNumber(cell) ? formats[i] : undefined
      const written = format?.(cell)
      return written !== undefined && (holds(written) || holds(ungrouped(written)))
    }),
  )
}
