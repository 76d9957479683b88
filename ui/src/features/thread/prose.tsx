import { lazy, memo, Suspense, useMemo } from 'react'
import { cn } from '@/ui/cn'
import { MarksContext, sameMarks, withMarks, type Mark } from './marks'
import './prose.css'

const Markdown = lazy(() => import('./markdown').then((m) => ({ default: m.Markdown })))

const none: readonly Mark[] = []

/**
 * Prose shows text of an answer, with a caret at its end while it streams, and marks
 * where it cites a source or a row. Until the part of the page that reads Markdown has arrived,
 * the text stands as it is.
 */
export const Prose = memo(
  function Prose({
    text,
    streaming,
    marks = none,
    quiet = false,
  }: {
    text: string
    streaming: boolean
    marks?: readonly Mark[]
    /** It is not the answer itself. */
    quiet?: boolean
  }) {
    const byId = useMemo(() => new Map(marks.map((mark) => [mark.id, mark])), [marks])
    return (
      <MarksContext value={byId}>
        <div className={cn('prose', streaming && 'streaming', quiet && 'quiet')}>
          <Suspense fallback={<div className="block plain">{text}</div>}>
            <Markdown text={withMarks(text, marks, streaming)} streaming={streaming} />
          </Suspense>
        </div>
      </MarksContext>
    )
  },
  (a, b) =>
    a.text === b.text &&
    a.streaming === b.streaming &&
    a.quiet === b.quiet &&
    // Marks are read anew with each change of a message; most are as they were.
    sameMarks(a.marks ?? none, b.marks ?? none),
)
