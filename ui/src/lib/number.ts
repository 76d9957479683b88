import { locale, wordsLanguage } from './locale'

const parts = new Intl.NumberFormat(locale, { minimumFractionDigits: 1 }).formatToParts(-12345678.5)
const partOf = (type: Intl.NumberFormatPartTypes) => parts.find((part) => part.type === type)?.value
const group = partOf('group') ?? ','
const decimal = partOf('decimal') ?? '.'
const digits = [...new Intl.NumberFormat(locale, { useGrouping: false }).format(9_876_543_210)].toReversed()
const { numberingSystem } = new Intl.NumberFormat(locale).resolvedOptions()
const all = new Intl.NumberFormat(locale, { maximumSignificantDigits: 17, useGrouping: false })
const tiny = new Intl.NumberFormat(locale, { maximumSignificantDigits: 17, notation: 'scientific' })

// Nobody types the spaces, quotes, minus and marks of direction that some locales write.
const typed = (text: string) =>
  text
    .replaceAll(/[\u061c\u200e\u200f]/g, '')
    .replaceAll(/\s/g, ' ')
    .replaceAll('’', "'")
    .replaceAll('−', '-')
const between = typed(group)
const [g, d] = [between, decimal].map((mark) => mark.replaceAll(/[.*+?^$()[\]{}|\\]/g, String.raw`\$&`))
// The last group has three digits, those before it two in India.
const own = new RegExp(`^[-+]?(?:\\d{1,3}(?:${g}\\d{2,3})*${g}\\d{3}|\\d+)(?:${d}\\d+)?$`)

/**
 * compactFormat returns what writes large numbers short: 125K, 1.05M; with de-DE 1,05M. What stands
 * for a thousand is a word, and so it is of the words' language: K, and M for a million.
 */
export function compactFormat(options: Intl.NumberFormatOptions): (n: number) => string {
  const format = new Intl.NumberFormat(wordsLanguage, { ...options, numberingSystem, notation: 'compact' })
  // The word is read from the left, and so the minus stands there, also before digits that are not.
  const minus = numberingSystem === 'latn' ? undefined : '\u200e-\u200e'
  const written = ({ type, value }: Intl.NumberFormatPart) => {
    if (type === 'literal') return value.replaceAll(/[\u061c\u200e\u200f]/g, '')
    return type === 'decimal' ? decimal : ((type === 'minusSign' ? minus : undefined) ?? value)
  }
  return (n) => format.formatToParts(n).map(written).join('')
}

/** formatExact writes a number with all of its digits, none of them grouped: 1234.5678. */
export function formatExact(n: number): string {
  return (n !== 0 && Math.abs(n) < 1e-6 ? tiny : all).format(n)
}

/** ungrouped returns what was written with nothing between its digits but the decimal mark: 1234.5 of 1,234.5. */
export function ungrouped(text: string): string {
  return typed(text).replaceAll(between, '')
}

/** plainDigits returns a number that was written for the reader as programs write it: 1234.5 of 1.234,5. */
export function plainDigits(text: string): string {
  return ascii(ungrouped(text)).replaceAll(decimal, '.')
}

/**
 * readNumber reads a number as the reader writes it, or else as programs do; NaN is none. Where
 * dots group, 1.234 is a thousand and more, and 1.5 can only be one and a half.
 */
export function readNumber(text: string): number {
  const said = ascii(typed(text).trim())
  if (own.test(said)) return Number(plainDigits(said))
  return said === '' ? NaN : Number(said)
}

function ascii(text: string): string {
  return text.replaceAll(/\p{Nd}/gu, (digit) => {
    const value = digits.indexOf(digit)
    return value < 0 ? digit : String(value)
  })
}
