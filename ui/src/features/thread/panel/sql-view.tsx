import { strings } from '@/strings/thread'
import { CopyButton } from '@/ui/copy-button'
import { ScrollRegion } from '@/ui/scroll-region'
import { sqlLines } from './sql-tokens'

/** Lines of coloured SQL, each in a row of its own that CSS may number. */
export function SqlLines({ sql }: { sql: string }) {
  return sqlLines(sql).map((line, i) => (
    // oxlint-disable-next-line react/no-array-index-key -- lines have no other identity
    <span key={i} className="code-line">
      {line.map((token, j) => (
        // oxlint-disable-next-line react/no-array-index-key -- nor have their pieces
        <span key={j} className={token.class && `sql-${token.class}`}>
          {token.text}
        </span>
      ))}
      {'\n'}
    </span>
  ))
}

/** SqlView shows a call's SQL with line numbers and a way to copy it. */
export function SqlView({ sql, number }: { sql: string; number: number }) {
  return (
    <div className="code-box numbered">
      <ScrollRegion aria-label={strings.sqlName(number)} className="code-text">
        <code>
          <SqlLines sql={sql} />
        </code>
      </ScrollRegion>
      <div className="code-acts">
        <CopyButton text={sql} words={strings.copySql} dense />
      </div>
    </div>
  )
}
