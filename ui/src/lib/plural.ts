import { formatCount } from './format'
import { wordsLanguage } from './locale'

const rules = new Intl.PluralRules(wordsLanguage)
const commas = new Intl.ListFormat(wordsLanguage, { type: 'unit' })

/** The words for each way in which a language counts; all know other. Where # stands, the number comes. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

/**
 * plural writes a number of things: 1 row, 1,200 rows. Written is the number where it is
 * written otherwise.
 */
export function plural(n: number, forms: Forms, written = formatCount(n)): string {
  return (forms[rules.select(n)] ?? forms.other).replace('#', () => written)
}

/** listOf writes several things one after the other, without a word between them: a, b, c. */
export function listOf(things: Iterable<string>): string {
  return commas.format(things)
}
