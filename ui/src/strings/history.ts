import { formatCount } from '@/lib/format'
import { plural } from '@/lib/plural'

/** The words of the thread list. */
export const text = {
  heading: 'Threads',
  newThread: 'New thread',
  search: 'Search',
  searchLabel: 'Search threads',
  searchPlaceholder: 'Search threads',
  clear: 'Clear search',
  untitled: 'Untitled',
  running: 'Running',
  waiting: 'Waits for you',
  unread: 'Unread',
  archived: 'Archived',
  noneArchived: 'No thread is archived.',
  today: 'Today',
  yesterday: 'Yesterday',
  week: 'Previous 7 days',
  month: 'Previous 30 days',
  empty: 'Your threads will be listed here.',
  failed: 'The threads could not be loaded.',
  retry: 'Try again',
  more: 'Show older threads',
  loadingMore: 'Loading older threads…',
  moreFailed: 'Older threads could not be loaded. Try again',
  loading: 'Loading threads',
  menu: (title: string) => `Menu of “${title}”`,
  threadMenu: 'Thread menu',
  archive: 'Archive',
  unarchive: 'Unarchive',
  rename: 'Rename',
  renameLabel: 'Thread title',
  exportMarkdown: 'Export as Markdown',
  exportJSON: 'Export as JSON',
  remove: 'Delete',
  undo: 'Undo',
  removed: (title: string) => `“${short(title)}” deleted`,
  removeFailed: (title: string) => `“${short(title)}” could not be deleted. It is back in the list.`,
  archivedNow: (title: string) => `“${short(title)}” archived`,
  unarchivedNow: (title: string) => `“${short(title)}” is back among the threads`,
  archiveFailed: 'That could not be saved. The thread is where it was.',
  renameFailed: 'The new title could not be saved. The old one is back.',
  searching: 'Searching…',
  found: (n: number, more: boolean, words: string) =>
    n === 0
      ? `No thread contains “${short(words)}”`
      : plural(
          n,
          { one: `# thread contains “${short(words)}”`, other: `# threads contain “${short(words)}”` },
          `${formatCount(n)}${more ? '+' : ''}`,
        ),
}

function short(title: string): string {
  return title.length > 32 ? `${title.slice(0, 31).trimEnd()}…` : title
}
