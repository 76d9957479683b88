import type { ShortcutName } from '@/lib/shortcut'
import type { IconName } from '@/ui/icon'

/** A Command is a line of the palette. */
export type Command = {
  /** Unique among all. */
  id: string
  label: string
  icon: IconName
  /** More words by which it is found. */
  words?: string
  /** What stands at the right, small. */
  hint?: string
  /** What the hint says in full. */
  title?: string
  keys?: ShortcutName
  /** It is how things are now. */
  current?: boolean
  /** What choosing it does; the palette closes before. */
  run?: () => void
  /** What choosing it writes into the field instead, where that narrows the lines down. */
  fill?: string
  /** It is shown only when words are looked for. */
  deep?: boolean
}

/** A Group is lines under a heading. */
export type Group = { name: string; commands: Command[] }

/** wordsOf splits what was typed into words in small letters. */
export function wordsOf(query: string): string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean)
}

/**
 * matching returns the commands that have all of the words, each at the beginning of one of
 * theirs, in their own order; without words those that are not deep.
 */
export function matching(commands: readonly Command[], query: string): Command[] {
  if (wordsOf(query).length === 0) return commands.filter((one) => !one.deep)
  return commands.filter(({ label, words = '' }) => hasWords(`${label} ${words}`, query))
}

/** hasWords tells whether each word that is looked for begins one of a text. */
export function hasWords(text: string, query: string): boolean {
  const own = wordsOf(text)
  return wordsOf(query).every((word) => own.some((one) => begins(one, word)))
}

/** Tells whether a word, or a part of it behind a hyphen or a dot, begins like that. */
function begins(own: string, word: string): boolean {
  for (let at = own.indexOf(word); at >= 0; at = own.indexOf(word, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(own[at - 1] ?? '')) return true
  }
  return false
}

/** A Piece of a label: what was looked for, or not. */
export type Piece = { text: string; hit: boolean }

/** piecesOf cuts a label at the beginnings of words that were looked for, to mark them. */
export function piecesOf(label: string, query: string): Piece[] {
  const words = wordsOf(query).toSorted((a, b) => b.length - a.length)
  if (words.length === 0) return [{ text: label, hit: false }]
  const any = new RegExp(`(?<![\\p{L}\\p{N}])(${words.map(escaped).join('|')})`, 'giu')
  return label
    .split(any)
    .map((text, i) => ({ text, hit: i % 2 === 1 }))
    .filter(({ text }) => text !== '')
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
