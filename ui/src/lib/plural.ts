import { formatCount } from '@/lib/format'

/** Writes a number of things: 1 row, 1,200 rows. */
export function plural(n: number, one: string, many: string): string {
  return `${formatCount(n)} ${n === 1 ? one : many}`
}
