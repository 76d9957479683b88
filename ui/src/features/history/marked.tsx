import type { ReactNode } from 'react'
import type { Span } from '@/wire/wire.gen'

/** Marked is a text in which what was found is marked. Spans that do not fit the text count for nothing. */
export function Marked({ text, spans }: { text: string; spans: readonly Span[] }) {
  const pieces: ReactNode[] = []
  let at = 0
  for (const { start, end } of spans) {
    if (start < at || end <= start || end > text.length) continue
    pieces.push(text.slice(at, start), <mark key={start}>{text.slice(start, end)}</mark>)
    at = end
  }
  return (
    <>
      {pieces}
      {text.slice(at)}
    </>
  )
}
