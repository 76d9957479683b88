import type { Server } from '@/wire/wire.gen'

type Status = Server['status']

const tones: Record<Status, string> = {
  ready: 'text-ok',
  needs_connect: 'text-warn',
  no_access: 'text-ink-3',
  down: 'text-danger',
}

const shapes: Record<Status, React.ReactNode> = {
  ready: <circle cx="4" cy="4" r="4" />,
  needs_connect: <circle cx="4" cy="4" r="3.2" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  no_access: <rect y="3" width="8" height="2" rx="1" />,
  down: <path d="M4 0 8 8H0Z" />,
}

/** StatusMark tells a status by shape and colour; the word stands beside it. */
export function StatusMark({ status }: { status: Status }) {
  return (
    <svg
      viewBox="0 0 8 8"
      aria-hidden="true"
      fill="currentColor"
      className={`size-2 flex-none ${tones[status]}`}
    >
      {shapes[status]}
    </svg>
  )
}
