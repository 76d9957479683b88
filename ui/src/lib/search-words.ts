declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The words of a search by which this place was found. */
    words?: string
  }
}

/** The words of a search, as the server takes them: what stands between them counts for nothing. */
export function wordsIn(search: string): string[] {
  return folded(search).text.match(/[\p{L}\p{N}]+/gu) ?? []
}

/**
 * Returns where words begin with one of those that were searched, as far as they are the same. The
 * server finds without case and accents, in compatibility decomposition (Unicode Standard Annex 15),
 * so a piece that looks alike is one.
 */
export function spansOf(text: string, words: readonly string[]): { start: number; end: number }[] {
  if (words.length === 0) return []
  const { text: plain, places } = folded(text)
  const longestFirst = words.toSorted((a, b) => b.length - a.length)
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${longestFirst.join('|')})`, 'gu')
  return [...plain.matchAll(pattern)].map(({ index, 0: found }) => {
    // It ends with the last character that it has a part of, and with that one's accents.
    const last = places[index + found.length - 1] ?? 0
    const end = places.find((place, i) => i >= index + found.length && place > last)
    return { start: places[index] ?? 0, end: end ?? text.length }
  })
}

/** Returns a text without case and accents, and where each of its units stands in the text as it was. */
function folded(text: string): { text: string; places: number[] } {
  let plain = ''
  const places: number[] = []
  let at = 0
  for (const character of text) {
    const piece = character
      .normalize('NFKD')
      .replaceAll(/\p{Mn}/gu, '')
      .toLowerCase()
    plain += piece
    for (let i = 0; i < piece.length; i++) places.push(at)
    at += character.length
  }
  return { text: plain, places }
}
