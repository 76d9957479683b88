import { daysBetween, formatMonth } from '@/lib/format'
import { text } from '@/strings/history'
import type { ThreadSummary } from '@/wire/wire.gen'

/** Threads of one stretch of time, under its name. */
export type ThreadGroup = { name: string; threads: ThreadSummary[] }

/**
 * groupByDay splits threads, newest first, into today, yesterday, the seven and the
 * thirty days before, and then months. The days are those of the reader's time zone.
 */
export function groupByDay(threads: readonly ThreadSummary[], now: Date): ThreadGroup[] {
  const groups: ThreadGroup[] = []
  for (const thread of threads) {
    const name = nameOf(new Date(thread.updatedAt), now)
    const last = groups.at(-1)
    if (last?.name === name) last.threads.push(thread)
    else groups.push({ name, threads: [thread] })
  }
  return groups
}

function nameOf(at: Date, now: Date): string {
  const days = daysBetween(at, now)
  if (days <= 0) return text.today
  if (days === 1) return text.yesterday
  if (days <= 7) return text.week
  if (days <= 30) return text.month
  return formatMonth(at)
}
