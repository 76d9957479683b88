import type { Match } from '../src/wire/wire.gen.ts'

/** Where the words begin in a title, and for want of a real search the same in a made-up piece of that message. */
export function matchOf(title: string, words: string[], messageId: string): Match {
  const spans = (text: string) =>
    words
      .map((w) => ({ start: text.toLowerCase().indexOf(w), end: text.toLowerCase().indexOf(w) + w.length }))
      .filter(({ start }) => start >= 0)
      .toSorted((a, b) => a.start - b.start)
  const text = `…you asked for “${title}”, and here are the rows that the tool returned`
  return { title: spans(title), messageId, text, ranges: spans(text) }
}
