import { strings } from '@/strings/thread'
import { CopyButton } from '@/ui/copy-button'
import { ScrollRegion } from '@/ui/scroll-region'
import { SqlLines } from './sql-view'
import './panel.css'

/** CodeBlock shows code in an answer, SQL in colours, under its language and a way to copy it. */
export function CodeBlock({ code, language }: { code: string; language: string }) {
  return (
    <div className="code-box headed">
      <div className="code-head">
        <span>{language}</span>
        <CopyButton text={code} words={strings.copyCode} dense />
      </div>
      <ScrollRegion aria-label={strings.codeIn(language)} className="code-text">
        <code>{/^(sql|sqlite|postgres(ql)?|mysql)$/i.test(language) ? <SqlLines sql={code} /> : code}</code>
      </ScrollRegion>
    </div>
  )
}
