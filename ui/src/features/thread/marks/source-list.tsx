import { useId } from 'react'
import { strings } from '@/strings/thread'
import { OutsideLink } from '../links/outside-link'
import type { Source } from './sources'

/** SourceList closes an answer with the pages that it cites, under the numbers of the marks in its text. */
export function SourceList({ sources }: { sources: readonly Source[] }) {
  const heading = useId()
  return (
    <section role="group" className="sources" aria-labelledby={heading}>
      <h3 id={heading}>{strings.sources}</h3>
      {/* oxlint-disable-next-line jsx-a11y/no-redundant-roles -- without list marks, Safari takes it for no list */}
      <ol role="list">
        {sources.map(({ number, url, title, host }) => (
          <li key={url}>
            <span className="num" aria-hidden="true">
              {number}
            </span>
            <OutsideLink href={url}>
              <span className="sr-only">{number}. </span>
              {title}
            </OutsideLink>
            {title !== host && <span className="host">{host}</span>}
          </li>
        ))}
      </ol>
    </section>
  )
}
