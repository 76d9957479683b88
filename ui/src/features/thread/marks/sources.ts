import { webPage } from '@/lib/url'
import type { Part } from '@/wire/wire.gen'
import type { SourceMark } from './marks'

/** A page on which an answer rests, with its number in that answer. */
export interface Source {
  number: number
  url: string
  title: string
  host: string
}

/**
 * Returns the pages that an answer cites, each once, numbered in the order in which they
 * came. What is no address of the web is left out.
 */
export function sourcesOf(parts: readonly Part[]): Source[] {
  const sources = new Map<string, Source>()
  for (const part of parts) {
    const page = part.type === 'source-url' ? webPage(part.url) : undefined
    if (!page || part.type !== 'source-url' || sources.has(page.href)) continue
    const host = page.host.replace(/^www\./, '')
    sources.set(page.href, { number: sources.size + 1, url: page.href, title: part.title ?? host, host })
  }
  return [...sources.values()]
}

/** Returns where a text cites which of the sources, in the order of the text. */
export function marksOf(parts: readonly Part[], sources: readonly Source[], textId: string): SourceMark[] {
  return parts
    .flatMap((part): SourceMark[] => {
      if (part.type !== 'source-url' || part.textId !== textId || part.end === undefined) return []
      const href = webPage(part.url)?.href
      const source = sources.find((s) => s.url === href)
      return source
        ? [{ kind: 'source', id: `s${source.number}`, start: part.end, end: part.end, source }]
        : []
    })
    .toSorted((a, b) => a.start - b.start)
}
