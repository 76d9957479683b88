import { Link } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { formatMoment, formatWhen } from '@/lib/format'
import { cn } from '@/ui/cn'
import { Icon } from '@/ui/icon'
import { IconButton } from '@/ui/icon-button'
import { Ring } from '@/ui/ring'
import type { ThreadSummary } from '@/wire/wire.gen'
import { RenameField } from './rename-field'
import { text } from './strings'
import { ThreadMenu } from './thread-menu'

/** ThreadItem is one line of the list: a link, its time, ring or mark of waiting, and a menu. */
export function ThreadItem({
  thread,
  now,
  showTime,
  onRename,
  onRemove,
  onOpen,
}: {
  thread: ThreadSummary
  now: Date
  showTime: boolean
  onRename: (title: string) => void
  onRemove: () => void
  onOpen: () => void
}) {
  const [renaming, setRenaming] = useState(false)
  const menu = useRef<HTMLButtonElement>(null)
  const title = thread.title || text.untitled
  const at = new Date(thread.updatedAt)
  if (renaming) {
    return (
      <li className="flex h-7.5 items-center px-1.5 max-sm:h-11">
        <RenameField
          title={thread.title}
          onDone={(next, byKey) => {
            if (next !== null) onRename(next)
            if (!byKey) return setRenaming(false)
            flushSync(() => setRenaming(false))
            menu.current?.focus()
          }}
        />
      </li>
    )
  }
  return (
    <li className="group/item relative">
      <Link
        to="/t/$threadId"
        params={{ threadId: thread.id }}
        onClick={onOpen}
        title={`${title}\n${formatMoment(at)}`}
        className={cn(
          'flex h-7.5 items-center gap-2 rounded-md px-1.5 text-ink-2 no-underline transition-colors hover:bg-hover max-sm:h-11',
          'aria-[current=page]:bg-pressed aria-[current=page]:font-medium aria-[current=page]:text-ink',
          'focus-visible:outline-offset-[-2px]',
          'group-focus-within/item:pr-8 group-hover/item:pr-8 group-has-data-[state=open]/item:pr-8 touch:pr-10!',
        )}
      >
        <span className="flex-1 trunc">{title}</span>
        {(thread.activeRunId !== undefined || showTime) && (
          // Another one each time, as one that changed its width would move.
          <span
            key={thread.activeRunId === undefined ? 'time' : 'run'}
            className="flex flex-none items-center group-focus-within/item:hidden group-hover/item:hidden group-has-data-[state=open]/item:hidden touch:flex!"
          >
            {thread.activeRunId === undefined ? (
              <time dateTime={thread.updatedAt} className="text-2xs font-normal text-ink-3">
                {formatWhen(at, now)}
              </time>
            ) : thread.waiting ? (
              <span role="img" aria-label={text.waiting} title={text.waiting} className="text-warn">
                <Icon name="pause" size="sm" />
              </span>
            ) : (
              <Ring label={text.running} />
            )}
          </span>
        )}
      </Link>
      <div className="absolute inset-y-0 right-0.5 flex items-center opacity-0 group-focus-within/item:opacity-100 group-hover/item:opacity-100 has-data-[state=open]:opacity-100 touch:opacity-100">
        <ThreadMenu id={thread.id} onRename={() => setRenaming(true)} onRemove={onRemove}>
          <IconButton
            ref={menu}
            icon="more"
            iconSize="sm"
            size="sm"
            label={text.menu(title)}
            hint={text.threadMenu}
          />
        </ThreadMenu>
      </div>
    </li>
  )
}
