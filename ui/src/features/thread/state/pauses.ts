import type { Message } from '@/wire/wire.gen'

/**
 * Returns for how many milliseconds of an answer, until a moment or its end, calls waited: for the
 * person, a token or a connection. Times in which several of them did count once.
 */
export function pausedMs({ parts, endedAt }: Message, until: number): number {
  const end = endedAt === undefined ? until : new Date(endedAt).getTime()
  const spans = parts
    .flatMap((p) => (p.type === 'dynamic-tool' ? (p.pauses ?? []) : []))
    .map(({ from, to }) => ({
      from: new Date(from).getTime(),
      to: Math.min(to === undefined ? end : new Date(to).getTime(), end),
    }))
    .toSorted((a, b) => a.from - b.from)
  let sum = 0
  let covered = -Infinity
  for (const { from, to } of spans) {
    sum += Math.max(0, to - Math.max(from, covered))
    covered = Math.max(covered, to)
  }
  return sum
}

/** Returns for how many milliseconds an answer was at work, until a moment or its end. */
export function workedMs(message: Message, until: number): number {
  const end = message.endedAt === undefined ? until : new Date(message.endedAt).getTime()
  return Math.max(0, end - new Date(message.createdAt).getTime() - pausedMs(message, until))
}
