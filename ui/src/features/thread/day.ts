import { daysBetween } from '@/lib/format'
import { strings } from '@/strings/thread'

const long = new Intl.DateTimeFormat(
  navigator.languages.find((language) => language.startsWith('en')) ?? 'en-GB',
  { weekday: 'long', day: 'numeric', month: 'long' },
)

/** Returns the name of the day on which a message was written: Today, Yesterday, Monday 5 January. */
export function dayOf(createdAt: string, now: Date): string {
  const at = new Date(createdAt)
  const days = daysBetween(at, now)
  if (days <= 0) return strings.today
  if (days === 1) return strings.yesterday
  const year = at.getFullYear() === now.getFullYear() ? '' : ` ${at.getFullYear()}`
  return `${long.format(at)}${year}`
}
