import { plural } from '@/lib/plural'

/** The words of the list of prompts and of their forms. */
export const text = {
  list: 'Prompts of the servers in use',
  found: (n: number) =>
    plural(n, {
      one: '# prompt, ↑ and ↓ choose, Enter takes one',
      other: '# prompts, ↑ and ↓ choose, Enter takes one',
    }),
  none: 'No server that is in use here offers prompts.',
  noneFits: 'No prompt is called so. Enter sends the text as it is.',
  loading: (server: string) => `Loading the prompts of ${server}…`,
  failed: (server: string, why: string) => `The prompts of ${server} could not be loaded. ${why}`,
  again: 'Try again',
  used: 'The prompt is in the field. Look it over, then send it.',
  optional: 'optional',
  fill: 'Fill this in.',
  suggestions: (argument: string) => `Suggestions for ${argument}`,
  noSuggestion: 'No suggestion fits; it may be right all the same.',
  more: 'and more: write on to narrow them',
  busy: (prompt: string) => `Fetching “${prompt}”…`,
  use: 'Use prompt',
  cancel: 'Cancel',
  of: (server: string) => `of ${server}`,
  roles: { user: 'User', assistant: 'Assistant' },
}
