import { use, type ReactNode } from 'react'
import { cn } from '@/ui/cn'
import { CallsContext, nameOfRow, type CallOf } from './calls'
import { writeRows } from './figures'
import { MarksContext, type CitationMark, type FigureMark } from './marks'
import { usePointer, type Place } from './pointer'
import { SourceLink } from './source-link'
import { strings } from './strings'

/** MarkView draws a mark where it stands in the text; without the mark, the words alone. */
export function MarkView({ id, children }: { id: string; children?: ReactNode }) {
  const mark = use(MarksContext).get(id)
  const callOf = use(CallsContext)
  switch (mark?.kind) {
    case 'source':
      return <SourceLink source={mark.source} />
    case 'figure':
      return names(mark, callOf) ? (
        children
      ) : (
        <PlaceLink place={mark.places[0]} className={cn('figure', mark.doubt)} name={nameOf(mark)}>
          {children}
        </PlaceLink>
      )
    case 'citation':
      return <CitationLink mark={mark} />
    default:
      return children
  }
}

/** Tells whether a figure is but the name of its row, such as the year in a table by years. */
function names({ text, derived, doubt, places: [place] }: FigureMark, callOf: CallOf): boolean {
  if (doubt === 'astray') return false
  const row = place?.rows?.[0]
  return derived === 'cell' && row !== undefined && nameOfRow(callOf, place?.call ?? 0, row) === text
}

/** What a mark says when it is pointed at, or read aloud. */
export function nameOf(mark: FigureMark | CitationMark): string {
  const where = whereOf(mark.places)
  if (mark.kind === 'figure') {
    if (mark.doubt === 'astray') return strings.astrayAt(strings.astray(mark), where)
    return mark.doubt === 'chance'
      ? strings.figurePerhapsAt(mark.text, where)
      : strings.figureAt(mark.text, where)
  }
  const cited = strings.citedAt(where === '' ? mark.text : where)
  return mark.problem === undefined ? cited : strings.unconfirmed(cited, strings.problems[mark.problem])
}

/** Says where rows stand: call 1, rows 2–4; call 3. */
export function whereOf(places: readonly Place[]): string {
  return places
    .map(({ call, rows }) => strings.callRows(call, rows ? writeRows(rows) : '', (rows?.length ?? 0) > 1))
    .join('; ')
}

/** A citation that leads nowhere is not one to follow, and says so. */
function CitationLink({ mark }: { mark: CitationMark }) {
  const { text, places, problem } = mark
  const [first] = places
  const className = cn('cite', problem && (problem === 'no-figure' || problem === 'astray' ? 'bare' : 'off'))
  if (!first || first.rows?.length === 0) {
    return (
      <span className={className} role="img" aria-label={nameOf(mark)} title={nameOf(mark)}>
        {text}
      </span>
    )
  }
  return (
    <PlaceLink place={first} className={className} name={nameOf(mark)}>
      {text}
    </PlaceLink>
  )
}

/**
 * PlaceLink leads to rows of a call on this page: it opens the call and moves the focus to
 * the first row. The rows are marked while it is pointed at or has the focus.
 */
export function PlaceLink({
  place,
  name,
  className,
  repeats = false,
  children,
}: {
  place: Place | undefined
  name: string
  className: string
  /** The same link stands in the text, so that only the eye needs this one. */
  repeats?: boolean
  children?: ReactNode
}) {
  const pointer = usePointer()
  if (!place) return children
  const leave = () => pointer.point(undefined)
  return (
    <a
      className={className}
      href={`#call-${place.call}`}
      title={name}
      {...(repeats ? { tabIndex: -1 } : { 'aria-label': name })}
      onClick={(e) => {
        e.preventDefault()
        pointer.seek(place, repeats ? null : e.currentTarget)
      }}
      onMouseEnter={() => pointer.point(place)}
      onMouseLeave={leave}
      onFocus={() => pointer.point(place)}
      onBlur={leave}
    >
      {children}
    </a>
  )
}
