import { use } from 'react'
import { MarksContext } from './marks'
import { strings } from './strings'

/** SourceMark is the raised number of a source in a text, and leads to its page. */
export function SourceMark({ number }: { number: number }) {
  const source = use(MarksContext).find((mark) => mark.source.number === number)?.source
  if (!source) return null
  return (
    <sup className="mark">
      <a
        href={source.url}
        target="_blank"
        rel="noreferrer noopener"
        aria-label={strings.sourceName(number, source.title)}
        title={source.title}
      >
        {number}
      </a>
    </sup>
  )
}
