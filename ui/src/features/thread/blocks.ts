import { marked } from 'marked'
import remend from 'remend'

/**
 * Returns the top-level blocks of a Markdown text, so that each can be drawn once
 * and kept while the text grows behind it. While it streams, what is open at its
 * end (emphasis, code, a link) is closed first. Text with footnotes or reference
 * definitions stays whole: there a block means nothing without the others.
 */
export function blocksOf(text: string, streaming: boolean): string[] {
  const closed = streaming ? remend(text, { links: true, linkMode: 'text-only', images: false }) : text
  if (/^ {0,3}\[[^\]]+\]:/m.test(closed)) return [closed]
  const blocks: string[] = []
  for (const token of marked.lexer(closed)) {
    if (token.type === 'space') continue
    blocks.push(token.raw.trimEnd())
  }
  return blocks
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
