import { cn } from './cn'

/** Skeleton holds the place of a line that is still loading; its look is static. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cn('block h-3 rounded-sm bg-pressed', className)} />
}
