import { formatWhen } from '@/lib/format'
import { text } from '@/strings/history'
import { Icon } from '@/ui/icon'
import { Ring } from '@/ui/ring'
import type { ThreadSummary } from '@/wire/wire.gen'

/**
 * ThreadState says how a thread is: an answer is being written, it waits for the person, or its
 * newest answer was not seen; else when it was last changed. Of the open thread nobody need be told
 * that it was not seen.
 */
export function ThreadState({
  thread: { activeRunId, waiting, unread, updatedAt },
  now,
  showTime,
}: {
  thread: ThreadSummary
  now: Date
  showTime: boolean
}) {
  if (activeRunId !== undefined && waiting) {
    return (
      <span role="img" aria-label={text.waiting} title={text.waiting} className="text-warn">
        <Icon name="pause" size="sm" />
      </span>
    )
  }
  if (activeRunId !== undefined) return <Ring label={text.running} />
  return (
    <>
      {showTime && (
        <time dateTime={updatedAt} className="text-2xs font-normal text-ink-3">
          {formatWhen(new Date(updatedAt), now)}
        </time>
      )}
      {unread && ' '}
      {unread && (
        <span
          role="img"
          aria-label={text.unread}
          title={text.unread}
          className="mx-1 size-1.5 rounded-full bg-accent-ink in-aria-[current=page]:hidden"
        />
      )}
    </>
  )
}
