import { use, type ReactNode } from 'react'
import { strings } from '@/strings/thread'
import { cn } from '@/ui/cn'
import { CallsContext } from './calls'
import { writeRows } from './figures'
import { MarksContext, type CitationMark, type FigureMark } from './marks'
import { usePointer, type Place } from '../rows/pointer'
import { SourceLink } from './source-link'
import { isName, TellingContext } from './telling'
import './marks.css'

/** MarkView draws a mark where it stands in the text; without the mark, the words alone. */
export function MarkView({ id, children }: { id: string; children?: ReactNode }) {
  const mark = use(MarksContext).get(id)
  const callOf = use(CallsContext)
  const at = use(TellingContext).get(id)
  switch (mark?.kind) {
    case 'source':
      return <SourceLink source={mark.source} />
    case 'figure':
      return isName(mark, callOf) ? (
        children
      ) : (
        <PlaceLink places={mark.places} at={at} className={cn('figure', mark.doubt)} name={nameOf(mark)}>
          {children}
        </PlaceLink>
      )
    case 'citation':
      return <CitationLink mark={mark} />
    default:
      return children
  }
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
    <PlaceLink places={places} className={className} name={nameOf(mark)}>
      {text}
    </PlaceLink>
  )
}

/**
 * PlaceLink leads to rows of a call on this page: it opens the call and moves the focus to
 * the first row. What it rests on is marked while it is pointed at or has the focus: cells, and
 * the lines of their calls.
 */
export function PlaceLink({
  places,
  at,
  name,
  className,
  repeats = false,
  children,
}: {
  places: readonly Place[]
  /** Where that is, to be shown beside the words. It is no part of them, and is not copied with them. */
  at?: string | undefined
  name: string
  className: string
  /** The same link stands in the text, so that only the eye needs this one. */
  repeats?: boolean
  children?: ReactNode
}) {
  const pointer = usePointer()
  const [place] = places
  if (!place) return children
  const leave = () => pointer.leave()
  return (
    <a
      className={className}
      href={`#call-${place.call}`}
      data-at={at}
      title={name}
      {...(repeats ? { tabIndex: -1 } : { 'aria-label': name })}
      onClick={(e) => {
        e.preventDefault()
        pointer.seek(places, repeats ? null : e.currentTarget)
      }}
      onMouseEnter={() => pointer.point(places)}
      onMouseLeave={leave}
      onFocus={() => pointer.point(places)}
      onBlur={leave}
    >
      {children}
    </a>
  )
}
