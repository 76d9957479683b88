import { strings } from '@/strings/thread'
import { cn } from '@/ui/cn'
import type { ToolLog } from '@/wire/wire.gen'
import { ScrollRegion } from '@/ui/scroll-region'

const bad = new Set<ToolLog['level']>(['error', 'critical', 'alert', 'emergency'])

/** LogView shows what a server said while it worked on a call, the newest line last. */
export function LogView({ logs, number }: { logs: readonly ToolLog[]; number: number }) {
  return (
    <div className="code-box">
      <ScrollRegion aria-label={strings.logName(number)} className="code-text tall log">
        {logs.map(({ level, text }, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- lines have no other identity, and are only added
          <div key={i} className={cn(level === 'warning' && 'warn', bad.has(level) && 'bad')}>
            <b>{level}</b> {text}
          </div>
        ))}
      </ScrollRegion>
    </div>
  )
}
