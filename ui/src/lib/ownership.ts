import { drop, load, save } from './storage'

const owner = 'owner'

/** The name under which a draft is kept: each person has their own. */
export function draftName(userId: string, key: string): string {
  return `draft.${encodeURIComponent(userId)}/${key}`
}

/**
 * claim says whose browser this is now. What another person left unsent, and was about
 * to connect, is removed: people may share a browser, and what one of them wrote and
 * never sent is nobody else's.
 */
export function claim(userId: string) {
  drop((name) => name.startsWith('draft.') && !name.startsWith(draftName(userId, '')))
  const before = load(owner)
  if (before === userId) return
  if (before !== null) drop(() => true, 'tab')
  save(owner, userId)
}
