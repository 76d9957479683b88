import { locale } from '@/lib/locale'
import type { User } from '@/wire/wire.gen'

/** displayName is the name, else the address before its @, else the id. */
export function displayName(user: User): string {
  return user.name.trim() || user.email.split('@')[0] || user.id
}

/** initials returns the first letters of the first and the last word, in capitals. */
export function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter((word) => word !== '')
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words
  return ends.map((word) => [...(word ?? '')][0]?.toLocaleUpperCase(locale) ?? '').join('')
}
