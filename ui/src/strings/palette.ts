import { plural } from '@/lib/plural'
import type { ShortcutName } from '@/lib/shortcut'

/** The words of the command palette and of the sheet of keys. */
export const text = {
  title: 'Commands',
  field: 'Search threads and commands',
  placeholder: 'Go to a thread, or do something…',
  results: 'Results',
  recent: 'Recent threads',
  threads: 'Threads',
  actions: 'Actions',
  models: 'Models',
  untitled: 'Untitled',
  running: 'Running',
  waiting: 'Waits for you',
  searching: 'Searching…',
  failed: 'Your threads could not be searched.',
  none: (query: string) => `Nothing found for “${query}”`,
  count: (n: number) => plural(n, { one: '# result', other: '# results' }),
  current: 'current',
  move: 'move',
  choose: 'choose',
  close: 'close',
  allKeys: 'all keys',
  help: {
    title: 'Keyboard shortcuts',
    close: 'Close',
    key: 'Keys',
    groups: [
      { name: 'Everywhere', keys: ['palette', 'newThread', 'leave'] },
      { name: 'While nothing is typed into', keys: ['search', 'help'] },
      { name: 'In the message', keys: ['send', 'newLine'] },
      { name: 'When a call waits for you', keys: ['confirm'] },
    ] satisfies { name: string; keys: ShortcutName[] }[],
    does: {
      palette: 'Commands and threads',
      newThread: 'New thread',
      search: 'Search in the sidebar',
      help: 'This list',
      send: 'Send',
      newLine: 'New line',
      confirm: 'Approve, or submit the form',
      leave: 'Close what is open',
    } satisfies Record<ShortcutName, string>,
  },
}
