import { Lexer } from 'marked'
import remend from 'remend'
import { definitionsIn, isPlainDefinition, referencesIn, type Definitions } from './definitions'

/** A block of a Markdown text. */
export interface Block {
  source: string
  /** The definitions, elsewhere in the text, of what it may refer to; empty if there are none. */
  defined: string
}

/**
 * Returns the top-level blocks of a Markdown text, so that each can be drawn once
 * and kept while the text grows behind it. While it streams, what is open at its
 * end (emphasis, code, a link) is closed first. Text with footnotes stays whole: there a block
 * means nothing without the others.
 */
export function blocksOf(text: string, streaming: boolean): Block[] {
  return blockReader()(text, streaming)
}

/** What the end of a text can still change: a list goes on after an empty line, a rule makes its line a heading. */
const unsettled = 2

const nothing: Definitions = new Map()

/** A block, and the labels that it may refer to. */
interface Read {
  source: string
  refers: string[]
}

/**
 * Returns blocksOf for a text that grows, which reads only what has come since, and the last two blocks
 * again. It may be given any text; one that does not go on from the one before is read from its beginning.
 */
export function blockReader(): typeof blocksOf {
  let settled: readonly Read[] = []
  let known = nothing
  let before = ''
  const forget = () => {
    settled = []
    known = nothing
    before = ''
  }
  return (given, streaming) => {
    const text = given.includes('\r') ? given.replaceAll(/\r\n?/g, '\n') : given
    if (!streaming || !text.startsWith(before)) forget()
    const rest = text.slice(before.length)
    if (/^ {0,3}\[\^[^\]]+\]:/m.test(rest)) {
      forget()
      return [{ source: streaming ? closed(text) : text, defined: '' }]
    }
    // Only into blocks: what is within them is read where they are drawn.
    const tokens = new Lexer().blockTokens(streaming ? closed(rest) : rest)
    const blocks = tokens.flatMap((token, at) => {
      if (token.type === 'space' || isPlainDefinition(token)) return []
      const source = token.raw.trimEnd()
      return [{ at, source, refers: referencesIn(source) }]
    })
    const all = [...settled, ...blocks]
    const definitions = definitionsIn(tokens, known, streaming)
    const open = blocks.at(-unsettled)
    if (streaming && open) {
      const done = tokens.slice(0, open.at)
      const raw = done.map((token) => token.raw).join('')
      if (rest.startsWith(raw)) {
        before += raw
        known = definitionsIn(done, known, false)
        settled = [...settled, ...blocks.slice(0, -unsettled)]
      }
    }
    return all.map(({ source, refers }) => ({
      source,
      defined: refers.flatMap((label) => definitions.get(label) ?? []).join('\n'),
    }))
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
