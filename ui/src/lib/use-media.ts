import { useCallback, useSyncExternalStore } from 'react'

/** The widths at which the page changes its shape; the same as in app.css. */
export const widths = {
  phone: '(max-width: 639.98px)',
  narrow: '(max-width: 859.98px)',
  beside: '(min-width: 1160px)',
} as const

const lists = new Map<string, MediaQueryList>()

/** A list is asked for with each drawing, which is dear: the browser keeps it up to date by itself. */
function listOf(query: string): MediaQueryList {
  const list = lists.get(query) ?? matchMedia(query)
  lists.set(query, list)
  return list
}

/** useMedia tells whether a media query matches, and follows it. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = listOf(query)
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => listOf(query).matches)
}
