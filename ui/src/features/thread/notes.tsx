import { use, useMemo } from 'react'
import { cn } from '@/ui/cn'
import { writePlaces } from './figures'
import { nameOf, PlaceLink } from './mark-view'
import { markPattern, MarksContext, type CitationMark, type FigureMark, type Mark } from './marks'
import { CallsContext, namesOf, type CallOf } from './calls'
import { strings } from './strings'

/** A line in the margin: which rows, what they are about, and the figure. */
export interface Note {
  mark: FigureMark | CitationMark
  places: string
  label: string
  value: string
}

/**
 * Notes repeats the marks of a block in the margin beside it, where the window has one.
 * They lie outside of the text's flow and take no more height than the block, so
 * that nothing moves when they come; and they repeat what the text links, so they are for the eye alone.
 */
export function Notes({ source }: { source: string }) {
  const marks = use(MarksContext)
  const callOf = use(CallsContext)
  const notes = useMemo(() => notesOf(source, marks, callOf), [source, marks, callOf])
  if (notes.length === 0) return null
  return (
    <div className="notes num" aria-hidden="true">
      {notes.map(({ mark, places, label, value }) => (
        <PlaceLink key={mark.id} place={mark.places[0]} className="note" name={nameOf(mark)} repeats>
          <span className={cn('cite', isAstray(mark) && 'astray')}>
            {isAstray(mark) ? strings.elsewhere(places) : places}
          </span>
          <span className="label">{label}</span>
          <span>{value}</span>
        </PlaceLink>
      ))}
    </div>
  )
}

/**
 * Returns the notes of a block: one for each place, of which a figure says more than the place's
 * own name. A place that a figure is astray from is not the same as one that it rests on; what may
 * be chance is not repeated.
 */
export function notesOf(source: string, marks: ReadonlyMap<string, Mark>, callOf: CallOf): Note[] {
  const notes = new Map<string, Note>()
  for (const [, id = ''] of source.matchAll(markPattern)) {
    const mark = marks.get(id)
    const value = mark?.kind === 'figure' ? mark.text : mark?.kind === 'citation' ? mark.figure : undefined
    if (!mark || mark.kind === 'source' || value === undefined) continue
    if (mark.kind === 'figure' && mark.doubt === 'chance') continue
    const label = labelOf(mark, callOf)
    const places = writePlaces(mark.places)
    const key = isAstray(mark) ? `${places} ${value}` : places
    if (value !== label && !notes.has(key)) notes.set(key, { mark, places, label, value })
  }
  return [...notes.values()]
}

function isAstray(mark: FigureMark | CitationMark): mark is FigureMark & { doubt: 'astray' } {
  return mark.kind === 'figure' && mark.doubt === 'astray'
}

function labelOf(mark: FigureMark | CitationMark, callOf: CallOf): string {
  const [place, other] = mark.places
  const name = namesOf(place, callOf)
  if (isAstray(mark)) return strings.another(mark, name)
  if (mark.kind === 'citation' || mark.derived === 'cell') return name
  const kind = strings.kinds[mark.derived]
  return name === '' || other ? kind : strings.derivedOf(kind, name)
}
