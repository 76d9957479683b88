import { formatExact } from '@/lib/number'
import { plural } from '@/lib/plural'

const exact = (limit: number | undefined) => (limit === undefined ? '' : formatExact(limit))

/** What people read of a field of a server's question that is not filled in as it should be. */
export const formMistakes = {
  required: () => 'This is needed.',
  number: () => 'This is not a number.',
  integer: () => 'This is not a whole number.',
  low: (min) => `This is less than ${exact(min)}.`,
  high: (_min, max) => `This is more than ${exact(max)}.`,
  short: (min = 0) =>
    plural(min, { one: 'This needs at least # character.', other: 'This needs at least # characters.' }),
  long: (_min, max = 0) =>
    plural(max, {
      one: 'This can have at most # character.',
      other: 'This can have at most # characters.',
    }),
  email: () => 'This is not an e-mail address.',
  uri: () => 'This is not a whole address; it begins like https://.',
  date: () => 'This is not a date.',
  pattern: () => 'This is not in the form that the server wants.',
  few: (min) => `Choose at least ${exact(min)}.`,
  many: (_min, max) => `Choose at most ${exact(max)}.`,
  json: () => 'This is not valid JSON yet. Texts stand in double quotes.',
} satisfies Record<string, (min?: number, max?: number) => string>
