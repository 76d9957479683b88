/** A piece of a text, and where it begins, in lines and columns from 1. */
export interface Piece {
  start: number
  end: number
  line: number
  column: number
}

/**
 * Returns the piece of a query that a database complains about, if its words tell: a
 * position, a line, or a word that stands in the query once.
 */
export function placeOf(complaint: string, sql: string): Piece | undefined {
  const [, line, column] = /\bline (\d+)(?:,? ?(?:column|col|char|position)\.? (\d+))?/i.exec(complaint) ?? []
  if (line !== undefined) return inLine(sql, Number(line), column === undefined ? undefined : Number(column))
  const [, position] = /\b(?:at character|position:?) (\d+)/i.exec(complaint) ?? []
  if (position !== undefined) return pieceAt(sql, Number(position) - 1)
  const named =
    /\bnear "([^"]+)"/i.exec(complaint) ??
    /\b(?:no such|ambiguous) (?:column|table|function)(?: name)?: "?([\p{L}\p{N}_.$]+)/iu.exec(complaint)
  return named?.[1] === undefined ? undefined : onlyOne(sql, named[1])
}

function inLine(sql: string, line: number, column: number | undefined): Piece | undefined {
  const lines = sql.split('\n')
  const text = lines[line - 1]
  if (text === undefined) return undefined
  const from = lines.slice(0, line - 1).reduce((n, l) => n + l.length + 1, 0)
  if (column !== undefined) return pieceAt(sql, from + column - 1)
  return pieceOf(sql, from, from + text.length)
}

/** The word at a place, or the character. */
function pieceAt(sql: string, at: number): Piece | undefined {
  if (at < 0 || at >= sql.length) return undefined
  const word = /^[\p{L}\p{N}_$]+/u.exec(sql.slice(at))
  return pieceOf(sql, at, at + (word?.[0].length ?? 1))
}

function onlyOne(sql: string, word: string): Piece | undefined {
  const [text, sought] = [sql.toLowerCase(), word.toLowerCase()]
  const places: number[] = []
  for (let at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + 1)) {
    if (!isWord(sql[at - 1], word[0]) && !isWord(sql[at + word.length], word.at(-1))) places.push(at)
  }
  const [at] = places
  return places.length === 1 && at !== undefined ? pieceOf(sql, at, at + word.length) : undefined
}

/** Whether both are letters of one word. */
function isWord(a: string | undefined, b: string | undefined): boolean {
  return [a, b].every((c) => c !== undefined && /[\p{L}\p{N}_$]/u.test(c))
}

function pieceOf(sql: string, start: number, end: number): Piece {
  const before = sql.slice(0, start).split('\n')
  return { start, end, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
