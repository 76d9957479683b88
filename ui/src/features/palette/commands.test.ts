import { describe, expect, it } from 'vitest'
import { matching, piecesOf, type Command } from './commands'

const commands: Command[] = [
  { id: 'new', label: 'New thread', icon: 'plus' },
  { id: 'dark', label: 'Theme: Dark', icon: 'theme' },
  { id: 'out', label: 'Sign out', icon: 'key', words: 'log out' },
  { id: 'mini', label: 'GPT-5.1 Mini', icon: 'message', words: 'model OpenAI', deep: true },
]

describe('matching', () => {
  it.each([
    ['what is not deep, without words', ' ', ['new', 'dark', 'out']],
    ['the beginning of a word', 'thr', ['new']],
    ['no middle of a word', 'hread', []],
    ['words in any order', 'dark the', ['dark']],
    ['words that are not shown', 'LOG', ['out']],
    ['deep ones, by words', 'model mini', ['mini']],
    ['a part behind a hyphen', '5.1', ['mini']],
    ['nothing, where a word is missing', 'theme light', []],
  ])('finds %s', (_name, query, want) => expect(matching(commands, query).map(({ id }) => id)).toEqual(want))
})

describe('piecesOf', () => {
  it.each([
    ['marks beginnings of words', 'Revenue and prerevenue', 'rev', ['[Rev]', 'enue and prerevenue']],
    ['marks the longest', 'Freight', 'fr frei', ['[Frei]', 'ght']],
    ['takes signs as they are', 'Is 5.1 (new)?', '5.1 (', ['Is ', '[5.1]', ' ', '[(]', 'new)?']],
    ['marks nothing without words', 'All', ' ', ['All']],
  ])('%s', (_name, label, query, want) =>
    expect(piecesOf(label, query).map(({ text, hit }) => (hit ? `[${text}]` : text))).toEqual(want),
  )
})
