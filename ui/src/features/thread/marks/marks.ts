import { createContext } from 'react'
import type { Citation } from '@/wire/wire.gen'
import type { Place } from '../rows/pointer'
import type { Source } from './sources'

/** What all marks of a text have: where they stand, in UTF-16 code units, and a name that is theirs alone. */
interface At {
  id: string
  start: number
  end: number
}

/** A page that the text cites; it has no width in the text. */
export interface SourceMark extends At {
  kind: 'source'
  source: Source
}

/** A figure that the engine found in the rows of the thread's calls. */
export interface FigureMark extends At {
  kind: 'figure'
  text: string
  /** How it follows from the rows. */
  derived: 'cell' | 'total' | 'average' | 'count' | 'share' | 'difference' | 'ratio' | 'growth'
  places: Place[]
  /**
   * Why it is no more than that: the text speaks of other rows, or so few digits may be
   * there by chance.
   */
  doubt?: 'astray' | 'chance'
  /** The rows are more precise than the text. */
  rounded: boolean
}

/** Rows that the model cites, in the syntax that it was told: [call:row]. */
export interface CitationMark extends At {
  kind: 'citation'
  text: string
  places: Place[]
  /** The figure that the citation is about, where that was found in the rows. */
  figure: string | undefined
  /** Why it is not confirmed: by the engine's word, or since the figure is right but not said of that row. */
  problem: Citation['problem'] | 'astray'
}

/** Something in a text that leads to what it rests on. */
export type Mark = SourceMark | FigureMark | CitationMark

/** MarksContext carries the marks of a text, by their ids, to where they are drawn. */
export const MarksContext = createContext<ReadonlyMap<string, Mark>>(new Map())

// A mark in a text is its id and its words between characters of Unicode's private use, which
// no text that is meant to be read holds. In the words, what means something to Markdown is
// replaced too: [2:*] and [3:*] are no emphasis.
const hidden: Record<string, string> = { '[': '\ue003', ']': '\ue004', '*': '\ue005' }
const shown = new Map(Object.entries(hidden).map(([plain, code]) => [code, plain]))

/** A mark as it stands in a text: its id is the first group, its words are the second. */
export const markPattern = /\ue000([sfc]\d+)\ue001([^\ue000-\ue002]*)\ue002/g

/**
 * Returns the text with its marks put in, for showMarks to find again; whatever looks like
 * one is taken out. The space before a citation goes into its mark. Of a text that
 * streams, a citation of which only the beginning has come is held back.
 */
export function withMarks(text: string, marks: readonly Mark[], streaming: boolean): string {
  const clean = text.replaceAll(/[\ue000-\ue005]/g, '\ufffd')
  let out = ''
  let from = 0
  const seen = new Set<string>()
  for (const { kind, id, start, end } of marks) {
    const key = `${id} ${start}`
    if (start < from || seen.has(key)) continue
    seen.add(key)
    const spaced = kind === 'citation' && start > from && clean[start - 1] === ' '
    const begin = Math.min(spaced ? start - 1 : start, clean.length)
    const words = clean.slice(begin, end)
    out += `${clean.slice(from, begin)}\ue000${id}\ue001${kind === 'citation' ? hide(words) : words}\ue002`
    from = Math.max(begin, Math.min(end, clean.length))
  }
  const rest = clean.slice(from)
  return out + (streaming ? rest.replace(/ ?\[[\d\s:,;*–-]*$/, '') : rest)
}

function hide(words: string): string {
  return words.replaceAll(/[[\]*]/g, (c) => hidden[c] ?? c)
}

/** Returns the words of a mark as they stood in the text. */
export function wordsOf(words: string): string {
  return words.replaceAll(/[\ue003-\ue005]/g, (c) => shown.get(c) ?? c)
}

/** Takes every mark out of a text, and leaves its words. */
export function withoutMarks(text: string): string {
  return wordsOf(text.replaceAll(/\ue000[sfc]\d+\ue001|[\ue000-\ue002]/g, ''))
}

/** Tells whether two lists of marks draw the same. */
export function sameMarks(a: readonly Mark[], b: readonly Mark[]): boolean {
  return a.length === b.length && a.every((mark, i) => looks(mark) === looks(b[i]))
}

function looks(mark: Mark | undefined): string {
  if (!mark) return ''
  const { id, kind, start, end } = mark
  const more =
    kind === 'source'
      ? mark.source.url
      : kind === 'citation'
        ? `${mark.problem} ${mark.figure}`
        : `${mark.doubt}`
  return `${id} ${start} ${end} ${more}`
}
