import { cn } from '@/ui/cn'
import type { ContextFacts } from './context'

type Props = { share: number | undefined; level: ContextFacts['level'] }

const radius = 6
const around = 2 * Math.PI * radius

/** ContextRing is a ring that is filled by the share of a context that is taken; dashed where that is not known. */
export function ContextRing({ share, level }: Props) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className="size-4 flex-none -rotate-90" fill="none">
      <circle
        cx="8"
        cy="8"
        r={radius}
        strokeWidth="1.5"
        className="stroke-line-control"
        {...(share === undefined && { strokeDasharray: '2 2.7' })}
      />
      {share !== undefined && (
        <circle
          cx="8"
          cy="8"
          r={radius}
          strokeWidth="3"
          strokeDasharray={`${Math.min(Math.max(share, 0.03), 1) * around} ${around}`}
          className={cn(
            'transition-[stroke-dasharray] motion-reduce:transition-none',
            level === 'room' ? 'stroke-ink-2' : level === 'tight' ? 'stroke-warn' : 'stroke-danger',
          )}
        />
      )}
    </svg>
  )
}
