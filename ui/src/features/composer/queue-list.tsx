import { queueText } from '@/strings/composer-queue'
import { Button } from '@/ui/button'
import { Icon } from '@/ui/icon'
import { IconButton } from '@/ui/icon-button'
import { Ring } from '@/ui/ring'
import { useToast } from '@/ui/toast'
import type { Queued } from './queue'

/** QueueList shows above the composer what waits to be sent, and why it does. */
export function QueueList({
  items,
  running,
  waiting,
  onEdit,
  onRemove,
  onRestore,
  onRelease,
}: {
  items: readonly Queued[]
  running: boolean
  /** The answer waits for the person. */
  waiting: boolean
  onEdit: (item: Queued) => void
  onRemove: (item: Queued) => void
  onRestore: (item: Queued) => void
  onRelease: (id: string) => void
}) {
  const toast = useToast()
  return (
    <ul
      aria-label={queueText.list}
      className="mx-3 -mb-px animate-rise rounded-t-lg border border-b-0 border-line-strong bg-sunken max-sm:mx-2"
    >
      {items.map((item, i) => (
        <li
          key={item.id}
          className="flex min-h-10 items-center gap-2 border-line py-1 pr-1.5 pl-3 not-first:border-t max-sm:pl-2.5"
        >
          {item.sending ? (
            <Ring className="text-ink-3" />
          ) : (
            <Icon
              name={item.held || waiting ? 'pause' : 'clock'}
              size="sm"
              className={item.held ? 'text-warn' : 'text-ink-3'}
            />
          )}
          <div className="min-w-0 flex-1">
            <p className="trunc text-ink">{item.text}</p>
            <p className="text-xs text-pretty text-ink-3">
              {stateOf(item, i, waiting)}
              {item.attached.length > 0 && ` · ${queueText.attached(item.attached.length)}`}
            </p>
          </div>
          {item.held && (
            <Button size="sm" onClick={() => onRelease(item.id)}>
              {running ? queueText.sendNext : queueText.sendNow}
            </Button>
          )}
          {!item.sending && (
            <>
              <IconButton
                icon="edit"
                iconSize="sm"
                label={queueText.edit}
                aria-description={item.text.slice(0, 60)}
                onClick={() => onEdit(item)}
              />
              <IconButton
                icon="close"
                iconSize="sm"
                label={queueText.remove}
                aria-description={item.text.slice(0, 60)}
                onClick={() => {
                  onRemove(item)
                  toast({
                    text: queueText.removed,
                    action: { label: queueText.undo, run: () => onRestore(item) },
                  })
                }}
              />
            </>
          )}
        </li>
      ))}
    </ul>
  )
}

function stateOf(item: Queued, place: number, waiting: boolean): string {
  if (item.sending) return queueText.sending
  if (item.held) {
    const reason = queueText.held[item.held]
    return item.why === undefined ? reason : queueText.because(reason, item.why)
  }
  if (place > 0) return queueText.later
  return waiting ? queueText.waiting : queueText.next
}
