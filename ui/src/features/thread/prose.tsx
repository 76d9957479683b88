import { lazy, memo, Suspense } from 'react'
import { cn } from '@/ui/cn'
import './prose.css'

const Markdown = lazy(() => import('./markdown').then((m) => ({ default: m.Markdown })))

/**
 * Prose shows text of an answer, with a caret at its end while it streams. Until
 * the part of the page that reads Markdown has arrived, the text stands as it is.
 */
export const Prose = memo(function Prose({ text, streaming }: { text: string; streaming: boolean }) {
  return (
    <div className={cn('prose', streaming && 'streaming')}>
      <Suspense fallback={<div className="block plain">{text}</div>}>
        <Markdown text={text} streaming={streaming} />
      </Suspense>
    </div>
  )
})
