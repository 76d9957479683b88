import { Link, useRouter } from '@tanstack/react-router'
import { useRef, useState, type MouseEvent } from 'react'
import { flushSync } from 'react-dom'
import { formatMoment } from '@/lib/format'
import { text } from '@/strings/history'
import { cn } from '@/ui/cn'
import { IconButton } from '@/ui/icon-button'
import type { ThreadSummary } from '@/wire/wire.gen'
import { Marked } from './marked'
import { passFocus } from './pass-focus'
import { RenameField } from './rename-field'
import { ThreadMenu } from './thread-menu'
import { ThreadState } from './thread-state'

/**
 * ThreadItem is one line of the list: a link, its time, ring or marks of waiting and of what was
 * not seen, and a menu; below it, where a search found it. The open thread speaks for itself.
 */
export function ThreadItem({
  thread,
  now,
  showTime,
  search = '',
  onRename,
  onArchive,
  onRemove,
  onOpen,
}: {
  thread: ThreadSummary
  now: Date
  showTime: boolean
  /** The words by which it was found, if any. */
  search?: string
  onRename: (title: string) => void
  onArchive: () => void
  onRemove: () => void
  onOpen: () => void
}) {
  const [renaming, setRenaming] = useState(false)
  const menu = useRef<HTMLButtonElement>(null)
  const title = thread.title || text.untitled
  const at = new Date(thread.updatedAt)
  const { match } = thread
  const unread = thread.unread === true && thread.activeRunId === undefined
  const leadAgain = useLeadAgain(search)
  const below = match !== undefined && (match.text !== undefined || thread.archived)
  if (renaming) {
    return (
      <li ref={passFocus} className="flex h-7.5 items-center px-1.5 max-sm:h-11">
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
    <li ref={passFocus} className="group/item relative">
      <Link
        to="/t/$threadId"
        params={{ threadId: thread.id }}
        // To where it was found, and not to where it was left.
        hash={match?.messageId ?? ''}
        {...(match?.messageId && { state: { words: search } })}
        onClick={(event) => {
          leadAgain(event)
          onOpen()
        }}
        title={`${title}\n${formatMoment(at)}`}
        className={cn(
          'flex min-h-7.5 items-center gap-2 rounded-md px-1.5 text-ink-2 no-underline transition-colors hover:bg-hover max-sm:min-h-11',
          match && 'items-start py-1.5',
          unread && 'font-medium text-ink',
          'aria-[current=page]:bg-pressed aria-[current=page]:font-medium aria-[current=page]:text-ink',
          'focus-visible:outline-offset-[-2px]',
          'group-focus-within/item:pr-8 group-hover/item:pr-8 group-has-data-[state=open]/item:pr-8 touch:pr-10!',
        )}
      >
        <span className="min-w-0 flex-1">
          <span className={match && match.title.length > 0 ? 'line-clamp-2' : 'block trunc'}>
            <Marked text={title} spans={thread.title === '' ? [] : (match?.title ?? [])} />
          </span>
          {below && (
            <span className="line-clamp-2 text-2xs font-normal text-ink-3">
              {thread.archived && <span className="text-ink-2">{text.archived}</span>}
              {thread.archived && match.text !== undefined && ' · '}
              <Marked text={match.text ?? ''} spans={match.ranges} />
            </span>
          )}
        </span>
        {(thread.activeRunId !== undefined || showTime || unread) && (
          // Another one each time, as one that changed its width would move.
          <span
            key={thread.activeRunId === undefined ? 'time' : 'run'}
            className="flex h-5 flex-none items-center gap-1.5 group-focus-within/item:hidden group-hover/item:hidden group-has-data-[state=open]/item:hidden touch:flex!"
          >
            <ThreadState thread={thread} now={now} showTime={showTime} />
          </span>
        )}
      </Link>
      <div className="absolute inset-y-0 right-0.5 flex items-center opacity-0 group-focus-within/item:opacity-100 group-hover/item:opacity-100 has-data-[state=open]:opacity-100 touch:opacity-100">
        <ThreadMenu
          id={thread.id}
          archived={thread.archived}
          onRename={() => setRenaming(true)}
          onArchive={onArchive}
          onRemove={onRemove}
        >
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

/**
 * Returns what has a press on a link to the place that the page is at lead there again: the reader may
 * have gone elsewhere in it. For the router nothing would have changed.
 */
function useLeadAgain(words: string) {
  const { history } = useRouter()
  return (event: MouseEvent<HTMLAnchorElement>) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    const { href } = history.location
    if (!href.includes('#') || new URL(event.currentTarget.href).href !== new URL(href, location.href).href)
      return
    event.preventDefault()
    history.replace(href, { words })
  }
}
