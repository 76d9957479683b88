import { strings } from '@/strings/thread'
import { OutsideLink } from '../links/outside-link'
import type { Source } from './sources'

/** SourceLink is the raised number of a source in a text, and leads to its page. */
export function SourceLink({ source: { number, title, url } }: { source: Source }) {
  return (
    <sup className="mark">
      <OutsideLink href={url} aria-label={strings.sourceName(number, title)} title={title}>
        {number}
      </OutsideLink>
    </sup>
  )
}
