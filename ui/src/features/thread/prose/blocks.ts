import { Lexer } from 'marked'
import remend from 'remend'

/**
 * Returns the top-level blocks of a Markdown text, so that each can be drawn once
 * and kept while the text grows behind it. While it streams, what is open at its
 * end (emphasis, code, a link) is closed first. Text with footnotes or reference
 * definitions stays whole: there a block means nothing without the others.
 */
export function blocksOf(text: string, streaming: boolean): string[] {
  return blockReader()(text, streaming)
}

/** What the end of a text can still change: a list goes on after an empty line, a rule makes its line a heading. */
const unsettled = 2

/**
 * Returns blocksOf for a text that grows, which reads only what has come since, and the last two blocks
 * again. It may be given any text; one that does not go on from the one before is read from its beginning.
 */
export function blockReader(): typeof blocksOf {
  let settled: readonly string[] = []
  let before = ''
  return (given, streaming) => {
    const text = given.includes('\r') ? given.replaceAll(/\r\n?/g, '\n') : given
    if (!streaming || !text.startsWith(before)) [settled, before] = [[], '']
    const rest = text.slice(before.length)
    if (/^ {0,3}\[[^\]]+\]:/m.test(rest)) {
      ;[settled, before] = [[], '']
      return [streaming ? closed(text) : text]
    }
    const earlier = settled
    // Only into blocks: what is within them is read where they are drawn.
    const tokens = new Lexer().blockTokens(streaming ? closed(rest) : rest)
    const blocks = tokens.flatMap((token, at) => (token.type === 'space' ? [] : [{ at, raw: token.raw }]))
    const open = blocks.at(-unsettled)
    if (streaming && open) {
      const done = tokens.slice(0, open.at).map((token) => token.raw)
      const length = done.reduce((sum, raw) => sum + raw.length, 0)
      if (rest.startsWith(done.join(''))) {
        before += rest.slice(0, length)
        settled = [...settled, ...blocks.slice(0, -unsettled).map(({ raw }) => raw.trimEnd())]
      }
    }
    return [...earlier, ...blocks.map(({ raw }) => raw.trimEnd())]
  }
}

function closed(text: string): string {
  return remend(text, { links: true, linkMode: 'text-only', images: false })
}

/** Returns the highest level, 1 to 6, of the headings that blocks begin with; 1 if there are none. */
export function topLevel(blocks: readonly string[]): number {
  const levels = blocks.flatMap((block) => {
    const marks = /^ {0,3}(#{1,6})(?:\s|$)/.exec(block)?.[1]
    if (marks !== undefined) return [marks.length]
    const rule = /^ {0,3}\S[^\n]*\n {0,3}(=+|-+)[ \t]*$/.exec(block)?.[1]
    return rule === undefined ? [] : [rule.startsWith('=') ? 1 : 2]
  })
  return levels.length === 0 ? 1 : Math.min(...levels)
}
