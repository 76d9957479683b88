import { isNumber, type Cell, type Column } from './table-data'

// Numbers follow the reader's own English, as the rest of the page does.
const locale = navigator.languages.find((language) => language.startsWith('en')) ?? 'en-GB'
const tenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, minimumFractionDigits: 1 })
const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', hourCycle: 'h23' })

/** Writes how long something took, in milliseconds: <1 ms, 57 ms, 1.2 s, 60 s, 2:05 min, 1:02:03 h. */
export function formatDuration(ms: number): string {
  if (ms < 1) return '<1 ms'
  if (ms < 1_000) return `${Math.round(ms)} ms`
  if (ms < 9_950) return `${tenths.format(ms / 1_000)} s`
  if (ms < 99_500) return `${Math.round(ms / 1_000)} s`
  const whole = Math.round(ms / 1_000) * 1_000
  return `${formatElapsed(whole)} ${whole < 3_600_000 ? 'min' : 'h'}`
}

/** Writes how long something has been going on, in milliseconds: 0:12, 1:02:03. */
export function formatElapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000))
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}

/** Writes a moment to the second, in the reader's time zone: 14:02:31. */
export function formatSecond(at: string): string {
  return clock.format(new Date(at))
}

/**
 * Returns how to write the cells of a column for eyes: numbers that measure with
 * separators and the same decimals throughout, numbers that name things as they
 * are, and what is too small to show at all as it is. NULL is not for it to write.
 */
export function cellFormat(column: Column): (cell: Cell) => string {
  if (!column.numeric) return String
  const { decimals } = column
  const format = new Intl.NumberFormat(locale, {
    useGrouping: column.measure,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  })
  return (cell) => {
    if (!isNumber(cell)) return String(cell)
    if (typeof cell === 'number' && cell !== 0 && Math.abs(cell) < 0.5 * 10 ** -decimals) return String(cell)
    return format.format(typeof cell === 'string' ? BigInt(cell) : cell)
  }
}

const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 })
const plain = new Intl.NumberFormat(locale, { maximumSignificantDigits: 6 })
const tenthsPercent = new Intl.NumberFormat(locale, {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
})

/** Writes a number beside an axis, as short as it can be told: 0.25, 7,500, 125K. */
export function formatTick(n: number): string {
  return Math.abs(n) < 10_000 ? plain.format(n) : compact.format(n)
}

/** Writes a share from 0 to 1 to a tenth of a percent: 52.9%. */
export function formatShare(share: number): string {
  return tenthsPercent.format(share)
}
