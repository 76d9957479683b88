import type { Source } from './sources'
import { strings } from './strings'

/** SourceLink is the raised number of a source in a text, and leads to its page. */
export function SourceLink({ source: { number, title, url } }: { source: Source }) {
  return (
    <sup className="mark">
      <a
        href={url}
        target="_blank"
        rel="noreferrer noopener"
        aria-label={strings.sourceName(number, title)}
        title={title}
      >
        {number}
      </a>
    </sup>
  )
}
