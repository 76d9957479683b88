import { dateLocale, locale } from '@/lib/locale'
import { compactFormat, formatExact, plainDigits } from '@/lib/number'
import { strings } from '@/strings/thread'
import { isNumber, type Cell, type Column } from './table-data'

const tenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, minimumFractionDigits: 1 })
const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
const two = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 })
const clock = new Intl.DateTimeFormat(dateLocale, { timeStyle: 'medium' })
const { units } = strings

/** Writes how long something took, in milliseconds: <1 ms, 57 ms, 1.2 s, 60 s, 2:05 min, 1:02:03 h. */
export function formatDuration(ms: number): string {
  if (ms < 1) return units.lessThan(units.milliseconds(whole.format(1)))
  if (ms < 1_000) return units.milliseconds(whole.format(ms))
  if (ms < 9_950) return units.seconds(tenths.format(ms / 1_000))
  if (ms < 99_500) return units.seconds(whole.format(ms / 1_000))
  const rounded = Math.round(ms / 1_000) * 1_000
  return (rounded < 3_600_000 ? units.minutes : units.hours)(formatElapsed(rounded))
}

/** Writes how long something has been going on, in milliseconds: 0:12, 1:02:03. */
export function formatElapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000))
  const minutes = Math.floor(seconds / 60)
  const rest = two.format(seconds % 60)
  if (minutes < 60) return `${whole.format(minutes)}:${rest}`
  return `${whole.format(Math.floor(minutes / 60))}:${two.format(minutes % 60)}:${rest}`
}

/** Writes a moment to the second, in the reader's time zone and by their clock: 14:02:31, 2:02:31 PM. */
export function formatSecond(at: string): string {
  return clock.format(new Date(at))
}

/**
 * Returns how to write the cells of a column for eyes: numbers that measure with
 * separators and the same decimals throughout, numbers that name things as they
 * are, and what is too small to show at all with all of its digits. NULL is not for it to write.
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
    if (typeof cell === 'number' && cell !== 0 && Math.abs(cell) < 0.5 * 10 ** -decimals)
      return formatExact(cell)
    return format.format(typeof cell === 'string' ? BigInt(cell) : cell)
  }
}

/**
 * Returns a number with all of its digits, where written, as a cell is written for eyes, has not
 * got them all; else undefined.
 */
export function exactOf(cell: Cell, written: string): string | undefined {
  if (!isNumber(cell)) return undefined
  const read = plainDigits(written)
  if (typeof cell === 'string') return read === cell ? undefined : cell
  return Number(read) === cell ? undefined : formatExact(cell)
}

const compact = compactFormat({ maximumFractionDigits: 1 })
const plain = new Intl.NumberFormat(locale, { maximumSignificantDigits: 6 })
const tenthsPercent = new Intl.NumberFormat(locale, {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
})

/** Writes a number beside an axis, as short as it can be told: 0.25, 7,500, 125K. */
export function formatTick(n: number): string {
  return Math.abs(n) < 10_000 ? plain.format(n) : compact(n)
}

/** Writes a share from 0 to 1 to a tenth of a percent: 52.9%. */
export function formatShare(share: number): string {
  return tenthsPercent.format(share)
}
