import { lazy, memo, Suspense } from 'react'
import { cn } from '@/ui/cn'
import { MarksContext } from './marks'
import { withMarks, type Mark } from './sources'
import './prose.css'

const Markdown = lazy(() => import('./markdown').then((m) => ({ default: m.Markdown })))

const none: readonly Mark[] = []

/**
 * Prose shows text of an answer, with a caret at its end while it streams, and marks
 * where it cites a source. Until the part of the page that reads Markdown has arrived,
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
    return (
      <MarksContext value={marks}>
        <div className={cn('prose', streaming && 'streaming', quiet && 'quiet')}>
          <Suspense fallback={<div className="block plain">{text}</div>}>
            <Markdown text={withMarks(text, marks)} streaming={streaming} />
          </Suspense>
        </div>
      </MarksContext>
    )
  },
  (a, b) => a.text === b.text && a.streaming === b.streaming && a.quiet === b.quiet && same(a.marks, b.marks),
)

/** Marks are read anew with each change of a message; most are as they were. */
function same(a: readonly Mark[] = none, b: readonly Mark[] = none): boolean {
  return a.length === b.length && a.every((m, i) => m.at === b[i]?.at && m.source.url === b[i]?.source.url)
}
