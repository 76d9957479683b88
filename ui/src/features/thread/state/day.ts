import { daysBetween } from '@/lib/format'
import { dateLocale } from '@/lib/locale'
import { strings } from '@/strings/thread'

const long = new Intl.DateTimeFormat(dateLocale, { weekday: 'long', day: 'numeric', month: 'long' })
const withYear = new Intl.DateTimeFormat(dateLocale, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})

/** Returns the name of the day on which a message was written: Today, Yesterday, Monday 5 January. */
export function dayOf(createdAt: string, now: Date): string {
  const at = new Date(createdAt)
  const days = daysBetween(at, now)
  if (days <= 0) return strings.today
  if (days === 1) return strings.yesterday
  return (at.getFullYear() === now.getFullYear() ? long : withYear).format(at)
}
