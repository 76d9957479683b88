import { memo, useEffect, useState } from 'react'
import { usePart } from '@/lib/part'
import { cn } from '@/ui/cn'
import { Skeleton } from '@/ui/skeleton'
import { markdown } from './markdown-part'
import { MarksContext, sameMarks, withMarks, type Mark } from '../marks/marks'
import './prose.css'

const none: readonly Mark[] = []

/**
 * Prose shows text of an answer, with a caret at its end while it streams, and marks
 * where it cites a source or a row. Until the part of the page that reads Markdown has arrived,
 * grey lines keep its place; if it cannot be had, the text stands as it is.
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
    const reader = usePart(markdown)
    useEffect(() => void markdown.load(), [])
    const byId = useMarks(marks)
    return (
      <MarksContext value={byId}>
        <div className={cn('prose', streaming && 'streaming', quiet && 'quiet')}>
          {reader === undefined && <Lines of={text} />}
          {reader === null && <div className="block plain">{text}</div>}
          {reader && <reader.Markdown text={withMarks(text, marks, streaming)} streaming={streaming} />}
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

/** Returns marks by their ids: the same map while they look the same, so that what is drawn stays. */
function useMarks(marks: readonly Mark[]): ReadonlyMap<string, Mark> {
  const [shown, show] = useState(() => ({ marks, byId: byIdOf(marks) }))
  if (sameMarks(shown.marks, marks)) return shown.byId
  const byId = byIdOf(marks)
  show({ marks, byId })
  return byId
}

function byIdOf(marks: readonly Mark[]): ReadonlyMap<string, Mark> {
  return new Map(marks.map((mark) => [mark.id, mark]))
}

/** About how many characters a line of an answer holds, and how many lines are drawn at most. */
const lineLength = 84
const mostLines = 12

/** Lines keeps the place of a text that cannot be drawn yet: about as many lines as it will have. */
function Lines({ of: text }: { of: string }) {
  const count = text.split('\n').reduce((n, line) => n + Math.ceil(line.length / lineLength), 0)
  return (
    <div className="block lines" aria-hidden="true">
      {Array.from({ length: Math.min(count, mostLines) }, (_, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- they are all alike
        <Skeleton key={i} />
      ))}
    </div>
  )
}
