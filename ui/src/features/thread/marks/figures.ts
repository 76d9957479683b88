import type { Mark as Found, Report, Source, TextGrounding } from '@/wire/wire.gen'
import type { CitationMark, FigureMark } from './marks'
import type { Cited, Place } from '../rows/pointer'

/**
 * Returns the marks of an answer's text that lead to rows: the citations that its author
 * wrote, and the figures that the engine found and no confirmed citation follows. A figure
 * that is right but said of another row is marked in any case, and its citation is no
 * confirmation. As long as the engine has not spoken, citations of calls that there are count as
 * they stand, so that nothing moves when it does.
 */
export function rowMarksOf(
  text: string,
  report: Report | undefined,
  calls: number,
): (FigureMark | CitationMark)[] {
  if (!report) return uncheckedCitations(text, calls)
  const found = report.marks ?? []
  const figures = found
    .filter(isFound)
    .filter((m) => m.cited !== 'right' || m.astray)
    .map(figureMark)
  const citations = (report.citations ?? []).map(
    ({ start, end, text: words, sources, problem }): CitationMark => {
      const about = found.findLast((m) => m.end <= start && m.cited === 'right')
      return {
        kind: 'citation',
        id: `c${start}`,
        start,
        end,
        text: tidy(words),
        places: placesOf(sources ?? []),
        figure: problem === undefined && !about?.astray ? about?.text : undefined,
        problem: problem ?? (about?.astray ? 'astray' : undefined),
      }
    },
  )
  return [...figures, ...citations].toSorted((a, b) => a.start - b.start)
}

function isFound(mark: Found): mark is Found & { kind: FigureMark['derived'] } {
  return mark.kind !== 'given' && (mark.sources ?? []).length > 0
}

/** Returns the figures of a checked text that are right but said of other rows than theirs. */
export function astrayIn({ report }: TextGrounding): FigureMark[] {
  return (report.marks ?? [])
    .filter((m) => m.astray)
    .filter(isFound)
    .map(figureMark)
}

function figureMark({
  start,
  end,
  text,
  kind,
  sources,
  weak,
  astray,
  rounded,
}: Found & { kind: FigureMark['derived'] }): FigureMark {
  // The sources of what stands in one place are places that are equally good.
  const operands = ['share', 'difference', 'ratio', 'growth'].includes(kind) ? 2 : 1
  const places = placesOf((sources ?? []).slice(0, operands))
  const doubt = astray ? { doubt: 'astray' as const } : weak ? { doubt: 'chance' as const } : {}
  return { kind: 'figure', id: `f${start}`, start, end, text, derived: kind, places, ...doubt, rounded }
}

/** Returns the places of sources, each call once. A call as a whole takes in its rows. */
export function placesOf(sources: readonly Source[]): Place[] {
  const places = new Map<number, Set<number> | null>()
  for (const { number, rows } of sources) {
    const known = places.get(number)
    if (rows === null || known === null) places.set(number, null)
    else places.set(number, new Set([...(known ?? []), ...rows]))
  }
  return [...places].map(([call, rows]) => {
    const own = sources.filter(({ number }) => number === call)
    const cells = own.map(({ rows: of, column }) => ({ rows: of, column }))
    return {
      call,
      rows: rows && [...rows].toSorted((a, b) => a - b),
      ...(cells.every(({ column }) => column >= 0) ? { cells } : {}),
    }
  })
}

const rows = String.raw`(?:\*|\d{1,6}(?: *[-–] *\d{1,6})?)`
const cited = String.raw`\d{1,6} *: *${rows}(?: *, *${rows})*`
/** A citation in the syntax that models are told; what is followed by an address is a link. */
const citation = new RegExp(String.raw`\[ *${cited}(?:(?: *[;,] *| +)${cited})* *\](?!\()`, 'g')

/** How many rows of a range are told one by one, as the engine does. */
const mostListed = 100

function uncheckedCitations(text: string, calls: number): CitationMark[] {
  if (calls === 0) return []
  return [...text.matchAll(citation)].flatMap((match) => {
    const places = placesIn(match[0])
    if (places.some(({ call }) => call < 1 || call > calls)) return []
    const start = match.index
    const end = start + match[0].length
    const id = `c${start}`
    const none = { figure: undefined, problem: undefined }
    return [{ kind: 'citation', id, start, end, text: tidy(match[0]), places, ...none }]
  })
}

function placesIn(words: string): Place[] {
  let call = 0
  const sources: Pick<Source, 'number' | 'rows'>[] = []
  for (const [, number, from, to] of words.matchAll(/(?:(\d+) *: *)?(\*|\d+)(?: *[-–] *(\d+))?/g)) {
    if (number !== undefined) call = Number(number)
    const first = Number(from)
    const length = Math.min(Math.max(Number(to ?? from) - first + 1, 0), mostListed)
    sources.push({
      number: call,
      rows: from === '*' ? null : Array.from({ length }, (_, i) => first - 1 + i),
    })
  }
  return placesOf(sources.map((source) => ({ call: '', column: -1, ...source })))
}

/** A citation as a mark shows it: 2:1–6 for [2:1-6]. */
function tidy(words: string): string {
  return words
    .replaceAll(/[[\] ]/g, '')
    .replaceAll('-', '–')
    .replaceAll(/[,;]/g, '$& ')
}

/** Writes rows, counted from 1, with ranges: 1, 3–5. Of very many only the first are told. */
export function writeRows(rows: readonly number[]): string {
  const ranges: [number, number][] = []
  for (const row of rows) {
    const last = ranges.at(-1)
    if (last && row === last[1] + 1) last[1] = row
    else ranges.push([row, row])
  }
  const told = ranges.slice(0, 4).map(([a, b]) => (a === b ? `${a + 1}` : `${a + 1}–${b + 1}`))
  return told.join(', ') + (ranges.length > told.length ? ', …' : '')
}

/** Writes places as a mark shows them: 2:7–10, 3:1; a call as a whole is its number. */
export function writePlaces(places: readonly Place[]): string {
  return places.map(({ call, rows: of }) => (of ? `${call}:${writeRows(of)}` : `${call}`)).join('; ')
}

/** Returns the rows that are cited, with those on which checked texts rest beyond doubt. */
export function withCited(before: Cited, checked: readonly TextGrounding[]): Cited {
  const all = new Map(before)
  for (const { report } of checked) {
    const places = [
      ...(report.marks ?? [])
        .filter((m) => !m.weak)
        .filter(isFound)
        .flatMap((m) => figureMark(m).places),
      ...(report.citations ?? []).flatMap((c) => (c.verdict === 'right' ? placesOf(c.sources ?? []) : [])),
    ]
    for (const { call, rows: of } of places) all.set(call, new Set([...(all.get(call) ?? []), ...(of ?? [])]))
  }
  return all
}
