import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'

/** Loads what depends on the locale anew, as for a reader whose browser states that one. */
async function inLocale(language: unknown) {
  vi.resetModules()
  vi.stubGlobal('navigator', { language })
  const [locale, format, number] = await Promise.all([
    import('./locale'),
    import('./format'),
    import('./number'),
  ])
  return { ...locale, ...format, ...number }
}

afterEach(() => vi.unstubAllGlobals())

// Versions of Unicode's data differ in their spaces, and nobody sees which it is.
const spaced = (text: string) => text.replaceAll(/\s/g, ' ')

describe('the locale', () => {
  it.each([
    ['is what the browser states', 'de-AT', 'de-AT'],
    ['is of the words where there is none', undefined, 'en'],
    ['is of the words where that is no locale', 'C.UTF-8@x', 'en'],
  ])('%s', async (_name, language, want) => expect((await inLocale(language)).locale).toBe(want))

  const at = new Date(2024, 10, 4, 14, 5)
  const now = new Date(2026, 2, 18)
  it.each([
    ['en-US', ['1,234,567', '1.05M', '53%', '$1.20', '1.1 MB', '2:05 PM', 'Nov 4, 2024', 'November 2024']],
    ['en-GB', ['1,234,567', '1.05M', '53%', '$1.20', '1.1 MB', '14:05', '4 Nov 2024', 'November 2024']],
    ['de-DE', ['1.234.567', '1,05M', '53 %', '1,20 $', '1,1 MB', '14:05', '4 Nov 2024', 'November 2024']],
    ['fr-FR', ['1 234 567', '1,05M', '53 %', '1,20 $', '1,1 MB', '14:05', '4 Nov 2024', 'November 2024']],
    ['hi-IN', ['12,34,567', '1.05M', '53%', '$1.20', '1.1 MB', '2:05 pm', '4 Nov 2024', 'November 2024']],
    ['ar-EG', ['١٬٢٣٤٬٥٦٧', '١٫٠٥M', '٥٣٪', '١٫٢٠ US$', '١٫١ MB', '٢:٠٥ pm', '٤ Nov ٢٠٢٤', 'November ٢٠٢٤']],
  ])('%s writes numbers its own way, and the days of the page in its words', async (language, want) => {
    const f = await inLocale(language)
    const said = [
      f.formatCount(1_234_567),
      f.formatCompact(1_052_000),
      f.formatPercent(0.53),
      f.formatUsd(1.2),
      f.formatSize(1_100_000),
      f.formatTime(at),
      f.formatWhen(at, now),
      f.formatMonth(at),
    ]
    expect(said.map((text) => spaced(text).replaceAll(/[\u061c\u200e\u200f]/g, ''))).toEqual(want)
  })
})

describe('formatCompact', () => {
  it.each([
    ['en-US', '-1.05M'],
    ['de-DE', '-1,05M'],
    ['ar-EG', '\u200e-\u200e١٫٠٥M'],
    ['fa-IR', '\u200e-\u200e۱٫۰۵M'],
  ])('in %s has the minus before the digits', async (language, want) => {
    expect((await inLocale(language)).formatCompact(-1_052_000)).toBe(want)
  })
})

describe('readNumber', () => {
  it.each([
    ['en-US', '1,234.5', 1234.5],
    ['en-US', '1.234', 1.234],
    ['en-US', ' -0.5 ', -0.5],
    ['en-US', '1,5', NaN],
    ['en-US', '1,23,4', NaN],
    ['en-US', '', NaN],
    ['en-US', '1e5', 100_000],
    ['en-US', '12 apples', NaN],
    ['de-DE', '1.234,5', 1234.5],
    ['de-DE', '1.234', 1234],
    ['de-DE', '1.5', 1.5],
    ['de-DE', '0,5', 0.5],
    ['de-DE', '1.234.5', NaN],
    ['fr-FR', '1 234,5', 1234.5],
    ['de-CH', "1'234.5", 1234.5],
    ['hi-IN', '12,34,567.5', 1234567.5],
    ['ar-EG', '١٬٢٣٤٫٥', 1234.5],
    ['ar-EG', '1234.5', 1234.5],
    ['sv-SE', '−1 234,5', -1234.5],
  ])('in %s takes %j for %d', async (language, text, want) => {
    expect((await inLocale(language)).readNumber(text)).toBe(want)
  })

  it.each(['en-US', 'de-DE', 'fr-FR', 'de-CH', 'hi-IN', 'ar-EG', 'sv-SE', 'pl-PL'])(
    'in %s reads back what is written there',
    async (language) => {
      const { formatExact, formatCount, plainDigits, readNumber } = await inLocale(language)
      const whole = [0, -1234, 1_234_567, -12_345_678, 9_007_199_254_740_991]
      const all = [...whole, 0.1, 1.234, -1234.5678]
      expect(all.map((n) => readNumber(formatExact(n)))).toEqual(all)
      expect(whole.map((n) => readNumber(formatCount(n)))).toEqual(whole)
      expect(whole.map((n) => plainDigits(formatCount(n)))).toEqual(whole.map(String))
    },
  )
})

describe('the code', () => {
  it('formats nothing for another locale', () => {
    const source = join(process.cwd(), 'src')
    const names = readdirSync(source, { recursive: true, encoding: 'utf8' })
    const found = names
      .filter((name) => /(?<!\.test)\.tsx?$/.test(name))
      .flatMap((name) =>
        [
          ...readFileSync(join(source, name), 'utf8').matchAll(
            /new Intl\.\w+\((?!locale\b|dateLocale\b|wordsLanguage\b|reader\b|base\b).*|\.(?:toLocale\w+|localeCompare)\((?!locale\b).*/g,
          ),
        ].map(([code]) => `${name}: ${code}`),
      )
    expect(found).toEqual([])
  })
})
