/** The language of the words in src/strings, which is that of the document as well. */
export const wordsLanguage = 'en'

/**
 * The reader's locale, as the browser states it first: how numbers are written and texts are
 * ordered. Where there is no browser, or none that names a locale, it is the words' language.
 */
export const locale = readersLocale()

/**
 * How dates and times are written: with the reader's order of day and month, clock, calendar and
 * digits. Their days and months are words, and so they are of the words' language: nobody reads
 * two languages in one sentence, and no voice speaks both.
 */
export const dateLocale = datesFor(locale)

function readersLocale(): string {
  try {
    return Intl.getCanonicalLocales(globalThis.navigator?.language)[0] ?? wordsLanguage
  } catch {
    return wordsLanguage
  }
}

function datesFor(reader: string): string {
  if (new Intl.Locale(reader).language === wordsLanguage) return reader
  const format = new Intl.DateTimeFormat(reader, { day: 'numeric', month: 'numeric', hour: 'numeric' })
  const { calendar, hourCycle, numberingSystem } = format.resolvedOptions()
  const first = format.formatToParts(0).find(({ type }) => type === 'day' || type === 'month')?.type
  // Browsers bring these two of all Englishes, one for each order.
  const base = first === 'day' ? `${wordsLanguage}-GB` : `${wordsLanguage}-US`
  return new Intl.Locale(base, {
    calendar,
    numberingSystem,
    ...(hourCycle === undefined ? {} : { hourCycle }),
  }).toString()
}
