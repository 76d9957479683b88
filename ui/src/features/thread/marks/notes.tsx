import { use, useEffect, useMemo, useRef, useState, type ReactNode, type RefObject } from 'react'
import { strings } from '@/strings/thread'
import { cn } from '@/ui/cn'
import { writePlaces } from './figures'
import { nameOf, PlaceLink } from './mark-view'
import { markPattern, MarksContext, type CitationMark, type FigureMark, type Mark } from './marks'
import { CallsContext, namesOf, type CallOf } from './calls'
import { tellingIn, TellingContext } from './telling'

/** A line in the margin: which rows, what they are about, and the figure. */
export interface Note {
  mark: FigureMark | CitationMark
  places: string
  label: string
  value: string
}

/**
 * Notes repeats the marks of a block in the margin beside it, where the window has one and what is
 * in the block leaves it free. They lie outside of the text's flow and take no more height than
 * the block, so that nothing moves when they come; how many find no room is told, and shown on demand.
 * They repeat what the text links, so they are for the eye alone.
 */
export function Notes({ source }: { source: string }) {
  const marks = use(MarksContext)
  const callOf = use(CallsContext)
  const notes = useMemo(() => notesOf(source, marks, callOf), [source, marks, callOf])
  const box = useRef<HTMLDivElement>(null)
  const lines = useLines(box, notes.length > 0)
  const [open, setOpen] = useState(false)
  if (notes.length === 0) return null
  const shown = open ? notes : notes.slice(0, lines)
  const more = notes.length - shown.length
  return (
    <div
      ref={box}
      className={cn('notes num', open && 'open')}
      aria-hidden="true"
      onMouseLeave={() => setOpen(false)}
    >
      {shown.map(({ mark, places, label, value }, i) => (
        <div key={mark.id}>
          <PlaceLink places={mark.places} className="note" name={nameOf(mark)} repeats>
            <span className={cn('cite', isAstray(mark) && 'astray')}>
              {isAstray(mark) ? strings.elsewhere(places) : places}
            </span>
            <span className="label">{label}</span>
            <span>{value}</span>
          </PlaceLink>
          {more > 0 && i === shown.length - 1 && (
            <button
              type="button"
              className="more"
              tabIndex={-1}
              title={strings.moreNotes(more)}
              onClick={() => setOpen(true)}
            >
              +{more}
            </button>
          )}
        </div>
      ))}
    </div>
  )
}

/**
 * Follows how many lines of notes a block has room for: as many as it is high, and none beside a
 * table or code that reaches into the margin. Until that is measured, there is no limit.
 */
function useLines(box: RefObject<HTMLDivElement | null>, wanted: boolean): number {
  const [lines, setLines] = useState(Infinity)
  useEffect(() => {
    const notes = box.current
    const block = notes?.parentElement
    if (!wanted || !notes || !block) return
    const look = () => {
      const line = parseFloat(getComputedStyle(notes).lineHeight)
      if (notes.offsetParent === null || !(line > 0)) return
      const inWay = [
        ...block.querySelectorAll<HTMLElement>(':scope > .tablewrap > table, :scope > .code-box'),
      ]
      const free = inWay.every((one) => one.offsetWidth <= notes.offsetLeft - 16)
      setLines(free ? Math.max(1, Math.floor((block.offsetHeight + 2) / line)) : 0)
    }
    const grown = new ResizeObserver(look)
    grown.observe(block)
    return () => grown.disconnect()
  }, [box, wanted])
  return lines
}

/** Telling lets the figures of a block show where they are from. */
export function Telling({ source, children }: { source: string; children: ReactNode }) {
  const marks = use(MarksContext)
  const callOf = use(CallsContext)
  const telling = useMemo(() => tellingIn(source, marks, callOf), [source, marks, callOf])
  return <TellingContext value={telling}>{children}</TellingContext>
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
