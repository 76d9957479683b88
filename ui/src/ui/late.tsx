import { useEffect, type ComponentType, type ReactNode } from 'react'
import { usePart, type Part } from '@/lib/part'

/**
 * Follows a part that is not needed to see the page: it is fetched when the page is up and has
 * nothing else to do, and at once when it is wanted.
 */
export function useSoon<T>(part: Part<T>, wanted: boolean): T | undefined {
  useEffect(() => {
    if (part.get() !== undefined) return undefined
    if (!wanted) return whenIdle(() => void part.load())
    void part.load()
    return undefined
  }, [part, wanted])
  return usePart(part)
}

/** Calls back once when nothing else is to do; returns the way to call it off. */
function whenIdle(then: () => void): () => void {
  // Safari has no such call.
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(then, 300)
    return () => clearTimeout(timer)
  }
  const handle = requestIdleCallback(then, { timeout: 3_000 })
  return () => cancelIdleCallback(handle)
}

/** Returns a view that a part holds; it shows nothing until the part is here and has nobody fetch it. */
export function lateView<T, Props extends object>(
  part: Part<T>,
  pick: (here: T) => ComponentType<Props>,
): (props: Props) => ReactNode {
  return function Late(props: Props) {
    const here = usePart(part)
    if (here === undefined) return null
    const View = pick(here)
    return <View {...props} />
  }
}
