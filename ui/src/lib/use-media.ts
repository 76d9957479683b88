import { useCallback, useMemo, useSyncExternalStore } from 'react'

/** The widths at which the page changes its shape; the same as in app.css. */
export const widths = {
  phone: '(max-width: 639.98px)',
  narrow: '(max-width: 859.98px)',
  beside: '(min-width: 1160px)',
} as const

/** useMedia tells whether a media query matches, and follows it. */
export function useMedia(query: string): boolean {
  // A list keeps itself up to date; to make one with each drawing is dear.
  const list = useMemo(() => matchMedia(query), [query])
  const subscribe = useCallback(
    (listener: () => void) => {
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    [list],
  )
  return useSyncExternalStore(subscribe, () => list.matches)
}
