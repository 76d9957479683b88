import { useEffect, useState } from 'react'
import { text } from '@/strings/history'
import { Button } from '@/ui/button'
import { Skeleton } from '@/ui/skeleton'
import { VisuallyHidden } from '@/ui/visually-hidden'
import type { ThreadSummary } from '@/wire/wire.gen'
import { groupByDay } from './group'
import { OlderThreads } from './older-threads'
import { useRemovals } from './removals'
import { ThreadItem } from './thread-item'
import { useArchive } from './use-archive'
import { useRename } from './use-rename'
import { useThreadList } from './use-thread-list'

/** What ThreadList tells the page. */
export type ThreadListEvents = {
  /** A thread was clicked; a drawer may close. */
  onOpen: () => void
  /** A thread is being deleted; the page may have to leave it. Returns the way back, if it did. */
  onRemoved: (id: string) => (() => void) | undefined
}

/** ThreadList shows the threads by day, the archived ones, or those that contain the search words. */
export function ThreadList({
  search,
  archived = false,
  onOpen,
  onRemoved,
}: { search: string; archived?: boolean } & ThreadListEvents) {
  const list = useThreadList(search, archived)
  const rename = useRename()
  const archive = useArchive()
  const { remove } = useRemovals()
  const now = useNow()
  if (list.isPending || (list.isPlaceholderData && list.threads.length === 0)) return <Loading />
  if (list.isError && list.threads.length === 0) {
    return (
      <div className="grid justify-items-start gap-1 px-1.5 pt-4 text-ink-2">
        <p>{text.failed}</p>
        <Button variant="outline" size="sm" onClick={() => void list.refetch()}>
          {text.retry}
        </Button>
      </div>
    )
  }
  if (list.threads.length === 0 && search === '') {
    return <p className="px-1.5 pt-4 text-xs text-ink-3">{archived ? text.noneArchived : text.empty}</p>
  }
  const item = (thread: ThreadSummary, showTime: boolean) => (
    <ThreadItem
      key={thread.id}
      thread={thread}
      now={now}
      showTime={showTime}
      search={search}
      onOpen={onOpen}
      onRename={(title) => rename(thread.id, title)}
      onArchive={() => {
        archive({ id: thread.id, title: thread.title || text.untitled }, !thread.archived)
      }}
      onRemove={() => {
        remove({ id: thread.id, title: thread.title || text.untitled }, onRemoved(thread.id))
      }}
    />
  )
  const groups =
    search !== ''
      ? [{ name: list.isPlaceholderData ? text.searching : found(list, search), threads: list.threads }]
      : archived
        ? [{ name: text.archived, threads: list.threads }]
        : groupByDay(list.threads, now)
  return (
    <>
      {groups.map(({ name, threads }) => (
        <section key={name}>
          <h2 className="px-1.5 pt-4 pb-1 text-2xs font-medium text-ink-3">
            {search === '' ? name : <span role="status">{name}</span>}
          </h2>
          <ul>{threads.map((thread) => item(thread, search !== '' || archived || name === text.today))}</ul>
        </section>
      ))}
      {list.hasNextPage && (
        <OlderThreads
          loading={list.isFetchingNextPage}
          failed={list.isFetchNextPageError}
          onMore={() => void list.fetchNextPage()}
        />
      )}
    </>
  )
}

function found({ threads, hasNextPage }: ReturnType<typeof useThreadList>, search: string): string {
  return text.found(threads.length, hasNextPage, search)
}

function Loading() {
  return (
    <div className="px-1.5 pt-5" role="status">
      <VisuallyHidden>{text.loading}</VisuallyHidden>
      {['w-10', 'w-40', 'w-32', 'w-48', 'w-36', 'w-44'].map((width) => (
        <Skeleton key={width} className={`mb-4.5 h-2.5 opacity-70 ${width}`} />
      ))}
    </div>
  )
}

/** useNow returns the time, renewed each minute, so that midnight moves the groups. */
function useNow(): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 60_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
