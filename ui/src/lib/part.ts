import { useSyncExternalStore } from 'react'

/** A piece of the page's code that is fetched when it is first wanted. */
export interface Part<T> {
  /** Fetches it, once; resolves when it is here, or when it is known that it cannot be had now. */
  load: () => Promise<void>
  /** Returns it, or undefined as long as nobody knows. */
  get: () => T | undefined
  subscribe: (listener: () => void) => () => void
}

/**
 * Returns a part that an import brings. What stands in for it, if that is given, is shown while it
 * cannot be had; the next who wants it tries again. Unlike React.lazy, it is there in the
 * first drawing after it has arrived, without anything in its place before.
 */
export function partOf<T>(bring: () => Promise<T>, instead?: T): Part<T> {
  let value: T | undefined
  let coming: Promise<void> | undefined
  const listeners = new Set<() => void>()
  const put = (next: T | undefined) => {
    value = next
    for (const listener of listeners) listener()
  }
  return {
    load: () =>
      (coming ??= bring().then(put, () => {
        coming = undefined
        put(instead)
      })),
    get: () => value,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Follows a part; it does not have it fetched. */
export function usePart<T>(part: Part<T>): T | undefined {
  return useSyncExternalStore(part.subscribe, part.get)
}
