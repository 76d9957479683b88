import type { ResultPage, ToolPart, ToolResult } from '@/wire/wire.gen'

/** What a cell of a table holds. What JSON nests is kept as its text. */
export type Cell = string | number | boolean | null

/** A column: its name, whether its cells are numbers, and how many decimals they need. */
export interface Column {
  name: string
  numeric: boolean
  /** Numbers that count or measure something, and so may be grouped, barred and compared. */
  measure: boolean
  decimals: number
}

/** A tool's result as a table, and how much of the whole it is. */
export interface TableData {
  columns: Column[]
  rows: Cell[][]
  /** Rows of the whole result; undefined if the tool did not say. */
  total: number | undefined
  /** False if the whole has at least, not exactly, that many rows. */
  exact: boolean
}

/**
 * Returns a result as a table, or undefined if it is none. It recognises
 * `{columns, rows}` as databases answer, an array of flat objects, and an object
 * whose only list is such an array.
 */
export function tableOf(result: ToolResult): TableData | undefined {
  const value = result.structured
  if (result.isError || value === undefined || value === null) return undefined
  const grid = gridOf(value) ?? recordsOf(value) ?? wrappedRecordsOf(value)
  if (!grid || grid.names.length === 0) return undefined
  const columns = grid.names.map((name, i) => columnOf(name, grid.rows, i))
  const said = isObject(value) ? numberIn(value, 'total_rows') : undefined
  return {
    columns,
    rows: grid.rows,
    total: said === undefined ? undefined : Math.max(said, grid.rows.length),
    exact: !(isObject(value) && value['total_is_exact'] === false),
  }
}

/**
 * Returns a table with the rows of more pages of the result behind its own. Pages name their
 * columns too, in an order that may be another. A page that does not follow on is left out.
 */
export function withPages(
  table: TableData,
  pages: readonly Pick<ResultPage, 'columns' | 'rows' | 'offset'>[],
): TableData {
  if (pages.length === 0) return table
  const rows = [...table.rows]
  for (const page of pages) {
    if (page.offset !== rows.length) continue
    const places = placesIn(page.columns, table.columns)
    for (const row of page.rows) rows.push(places.map((place) => cellOf(row?.[place])))
  }
  return { ...table, rows, columns: table.columns.map(({ name }, i) => columnOf(name, rows, i)) }
}

/** Returns where in the first list the names of the second stand; -1 is nowhere. A name may be there twice. */
function placesIn(columns: readonly { name: string }[], names: readonly { name: string }[]): number[] {
  const taken = new Set<number>()
  return names.map(({ name }) => {
    const place = columns.findIndex((column, i) => column.name === name && !taken.has(i))
    taken.add(place)
    return place
  })
}

/** Returns how many rows a call gave, by its own word or by its table. */
export function rowCountOf(part: ToolPart): number | undefined {
  const { output } = part
  if (!output || output.isError) return undefined
  if (output.rowCount !== undefined) return output.rowCount
  return tableOf(output)?.rows.length
}

interface Grid {
  names: string[]
  rows: Cell[][]
}

function gridOf(value: unknown): Grid | undefined {
  if (!isObject(value)) return undefined
  const { columns, rows } = value
  if (!Array.isArray(columns) || !Array.isArray(rows)) return undefined
  const names = columns.map((c: unknown) => (isObject(c) ? String(c['name'] ?? '') : String(c)))
  if (!rows.every((r) => Array.isArray(r))) return recordsOf(rows)
  return { names, rows: rows.map((r) => names.map((_, i) => cellOf(r[i]))) }
}

function recordsOf(value: unknown): Grid | undefined {
  if (!Array.isArray(value) || value.length === 0 || !value.every(isObject)) return undefined
  const records: Record<string, unknown>[] = value
  const names = [...new Set(records.flatMap((r) => Object.keys(r)))].toSorted(
    (a, b) => placeOf(a, records) - placeOf(b, records),
  )
  return { names, rows: records.map((r) => names.map((n) => cellOf(r[n]))) }
}

/** Records have no order of fields: what names them comes first, what is nested in them last. */
function placeOf(name: string, records: readonly Record<string, unknown>[]): number {
  if (/^(name|title)$/i.test(name)) return 0
  return records.some((r) => typeof r[name] === 'object' && r[name] !== null) ? 2 : 1
}

function wrappedRecordsOf(value: unknown): Grid | undefined {
  if (!isObject(value)) return undefined
  const lists = Object.values(value).filter((v) => Array.isArray(v))
  return lists.length === 1 ? recordsOf(lists[0]) : undefined
}

/** Names whose numbers name things rather than measure them. */
const label = /(^|_| )(id|no|nr|year|month|week|day|quarter|zip|code|phone|rank)$|[a-z](ID|Id|No|Year|Code)$/

function columnOf(name: string, rows: readonly Cell[][], i: number): Column {
  let numbers = 0
  let others = 0
  let decimals = 0
  for (const row of rows) {
    const cell = row[i]
    if (isNumber(cell)) {
      numbers++
      decimals = Math.max(decimals, decimalsOf(cell))
    } else if (cell !== null && cell !== undefined) {
      others++
    }
  }
  const numeric = numbers > 0 && others === 0
  const named = label.test(name) || label.test(name.toLowerCase())
  return { name, numeric, measure: numeric && !named, decimals }
}

/** A number, or the digits of an integer beyond what JSON readers keep exact. */
export function isNumber(cell: Cell | undefined): cell is number | string {
  return typeof cell === 'number' || (typeof cell === 'string' && /^-?\d{16,19}$/.test(cell))
}

/** Decimals to show: those a value has once it is rounded to four, without zeros at their end. */
function decimalsOf(cell: number | string): number {
  if (typeof cell === 'string' || Number.isInteger(cell)) return 0
  return /\.(\d*?)0*$/.exec(cell.toFixed(4))?.[1]?.length ?? 0
}

function cellOf(value: unknown): Cell {
  if (value === undefined || value === null) return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  return JSON.stringify(value)
}

function numberIn(value: Record<string, unknown>, key: string): number | undefined {
  const n = value[key]
  return typeof n === 'number' ? n : undefined
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
