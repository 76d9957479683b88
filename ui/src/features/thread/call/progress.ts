import type { ToolProgress } from '@/wire/wire.gen'

/** Returns how much of a call is done, from 0 to 1, or undefined where its server does not say of how much. */
export function shareOf({ done, total = 0 }: ToolProgress): number | undefined {
  return total > 0 && done >= 0 ? Math.min(done / total, 1) : undefined
}
