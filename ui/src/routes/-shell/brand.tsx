import { text } from '@/strings/shell'

/** Brand is the mark and the name. */
export function Brand() {
  return (
    <span className="flex items-center gap-2.25 font-semibold tracking-[-.006em]">
      <svg
        viewBox="0 0 20 18"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
        aria-hidden="true"
        className="h-4.5 w-5 text-accent-ink"
      >
        <path d="M1 1.5h18M3 1.5V17M10 17V9.3a3.5 3.5 0 0 0-7 0M17 17V9.3a3.5 3.5 0 0 0-7 0M17 1.5V17" />
      </svg>
      {text.product}
    </span>
  )
}
