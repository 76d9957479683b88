import { formatCount } from '@/lib/format'
import { strings } from '@/strings/thread'
import { CopyButton } from '@/ui/copy-button'
import type { ToolPart } from '@/wire/wire.gen'
import { ScrollRegion } from '@/ui/scroll-region'

/** More than this many characters would only slow the page down. */
const shownAtMost = 50_000

/** RawView shows all that is known of a call as it was sent: its arguments, its result, and what was said of it. */
export function RawView({ part, number }: { part: ToolPart; number: number }) {
  const { input, modelInput, output, errorText, errorKind, trace, logs } = part
  const raw = JSON.stringify({ input, modelInput, output, errorText, errorKind, trace, logs }, null, 2)
  return <TextBox text={raw} name={strings.rawName(number)} words={strings.copyRaw} />
}

/** TextBox shows plain text in mono, cut where it is very long, and copies it whole. */
export function TextBox({
  text,
  name,
  words,
}: {
  text: string
  name: string
  words: typeof strings.copyRaw | typeof strings.copyText
}) {
  const cut = text.length > shownAtMost
  return (
    <>
      <div className="code-box">
        <ScrollRegion aria-label={name} className="code-text tall">
          <code>{cut ? text.slice(0, shownAtMost) : text}</code>
        </ScrollRegion>
        <div className="code-acts">
          <CopyButton text={text} words={words} dense />
        </div>
      </div>
      {cut && <p className="aside">{strings.rawCut(formatCount(shownAtMost), formatCount(text.length))}</p>}
    </>
  )
}
