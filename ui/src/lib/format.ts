import { text } from '@/strings/lib'
import { dateLocale, locale } from './locale'
import { compactFormat } from './number'

const day = 24 * 60 * 60 * 1000
const count = new Intl.NumberFormat(locale)
const compact = compactFormat({ maximumSignificantDigits: 3 })
const percent = new Intl.NumberFormat(locale, { style: 'percent' })
const clock = new Intl.DateTimeFormat(dateLocale, { timeStyle: 'short' })
const weekday = new Intl.DateTimeFormat(dateLocale, { weekday: 'short' })
const dayMonth = new Intl.DateTimeFormat(dateLocale, { day: 'numeric', month: 'short' })
const dayMonthYear = new Intl.DateTimeFormat(dateLocale, { day: 'numeric', month: 'short', year: 'numeric' })
const monthYear = new Intl.DateTimeFormat(dateLocale, { month: 'long', year: 'numeric' })
const full = new Intl.DateTimeFormat(dateLocale, { dateStyle: 'full', timeStyle: 'short' })

/** formatCount writes a whole number with separators: 12,345; with de-DE 12.345. */
export function formatCount(n: number): string {
  return count.format(n)
}

/** formatCompact writes a large number in three figures at most: 400K, 1.05M. */
export function formatCompact(n: number): string {
  return compact(n)
}

/** formatUsd writes US dollars with two decimals, or as many as the first two figures need: $1.20, $0.0034. */
export function formatUsd(usd: number): string {
  const digits = usd >= 1 || usd <= 0 ? 2 : Math.min(Math.max(2, 1 - Math.floor(Math.log10(usd))), 6)
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: 2,
    maximumFractionDigits: digits,
  }).format(usd)
}

/** formatPercent writes a share from 0 to 1 in whole percent, rounded down, so that all is only said of all: 53%. */
export function formatPercent(share: number): string {
  return percent.format(Math.floor(share * 100) / 100)
}

/** formatTime writes the time of day by the reader's clock: 14:05, 2:05 PM. */
export function formatTime(at: Date): string {
  return clock.format(at)
}

/** formatMoment writes day and time in full, for tooltips and screen readers. */
export function formatMoment(at: Date): string {
  return full.format(at)
}

/** formatWhen writes a moment as briefly as now allows: 14:05, Thu, 12 Nov, 12 Nov 2024. */
export function formatWhen(at: Date, now: Date): string {
  const days = daysBetween(at, now)
  if (days <= 0) return formatTime(at)
  if (days < 7) return weekday.format(at)
  return at.getFullYear() === now.getFullYear() ? dayMonth.format(at) : dayMonthYear.format(at)
}

/** formatMonth writes month and year: March 2026. */
export function formatMonth(at: Date): string {
  return monthYear.format(at)
}

/** formatSize writes a number of bytes in KB or MB, rounded up, so that 1 byte too many shows. */
export function formatSize(bytes: number): string {
  const kilobytes = bytes / 1024
  if (kilobytes < 1024) return text.kilobytes(count.format(Math.ceil(kilobytes)))
  return text.megabytes(count.format(Math.ceil(kilobytes / 102.4) / 10))
}

/** daysBetween counts the midnights, in the reader's time zone, from at to now. */
export function daysBetween(at: Date, now: Date): number {
  return Math.round((midnight(now) - midnight(at)) / day)
}

function midnight(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime()
}
