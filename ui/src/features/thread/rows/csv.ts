import type { Cell, TableData } from './table-data'

/**
 * Returns a table as CSV by RFC 4180, with a header line and CRLF line ends.
 * NULL is an empty field, an empty text a quoted one. Text that a spreadsheet
 * would run as a formula gets a leading apostrophe; numbers stay as they are.
 */
export function csvOf(table: Pick<TableData, 'columns' | 'rows'>): string {
  const lines = [table.columns.map((c) => field(c.name)), ...table.rows.map((r) => r.map(field))]
  return lines.map((line) => `${line.join(',')}\r\n`).join('')
}

const formula = /^[=+\-@\t\r\n]/
const number = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/

function field(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return String(cell)
  const text = formula.test(cell) && !number.test(cell) ? `'${cell}` : cell
  return text === '' || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * Hands text to the browser as a file. It starts with a byte order mark, without
 * which spreadsheets take UTF-8 for something older.
 */
export function download(name: string, csv: string): void {
  const url = URL.createObjectURL(new Blob(['\uFEFF', csv], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
