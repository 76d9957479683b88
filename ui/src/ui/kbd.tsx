import type { ReactNode } from 'react'

/** Kbd draws a key. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-block min-w-4.5 rounded-sm border border-line-strong px-1 text-center font-sans text-2xs text-ink-3">
      {children}
    </kbd>
  )
}
