import type { Part, SourcePart } from '@/wire/wire.gen'

/** A page on which an answer rests, with its number in that answer. */
export interface Source {
  number: number
  url: string
  title: string
  host: string
}

/** Where in a text a source is cited, in UTF-16 code units. */
export interface Mark {
  at: number
  source: Source
}

/**
 * Returns the pages that an answer cites, each once, numbered in the order in which they
 * came. What is no address of the web is left out.
 */
export function sourcesOf(parts: readonly Part[]): Source[] {
  const sources = new Map<string, Source>()
  for (const part of parts) {
    const page = part.type === 'source-url' ? pageOf(part) : undefined
    if (!page || part.type !== 'source-url' || sources.has(page.href)) continue
    const host = page.host.replace(/^www\./, '')
    sources.set(page.href, { number: sources.size + 1, url: page.href, title: part.title ?? host, host })
  }
  return [...sources.values()]
}

/** Returns where a text cites which of the sources, in the order of the text. */
export function marksOf(parts: readonly Part[], sources: readonly Source[], textId: string): Mark[] {
  return parts
    .flatMap((part) => {
      if (part.type !== 'source-url' || part.textId !== textId || part.end === undefined) return []
      const href = pageOf(part)?.href
      const source = sources.find((s) => s.url === href)
      return source ? [{ at: part.end, source }] : []
    })
    .toSorted((a, b) => a.at - b.at)
}

// A mark in a text is a number between two characters of Unicode's private use, which no
// text that is meant to be read holds.
const opening = '\ue000'
const closing = '\ue001'

/** A mark, with its number as the first group. */
export const markPattern = new RegExp(`${opening}(\\d+)${closing}`, 'g')

/** Returns the text with its marks put in, for showMarks to find again; whatever looks like one is taken out. */
export function withMarks(text: string, marks: readonly Mark[]): string {
  const clean = text.replaceAll(/[\ue000\ue001]/g, '\ufffd')
  let out = ''
  let from = 0
  const seen = new Set<string>()
  for (const { at, source } of marks) {
    const to = Math.min(at, clean.length)
    const key = `${to} ${source.number}`
    if (seen.has(key)) continue
    seen.add(key)
    out += `${clean.slice(from, to)}${opening}${source.number}${closing}`
    from = to
  }
  return out + clean.slice(from)
}

function pageOf({ url }: SourcePart): URL | undefined {
  const page = URL.canParse(url) ? new URL(url) : undefined
  return page && (page.protocol === 'https:' || page.protocol === 'http:') ? page : undefined
}
