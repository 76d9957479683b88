import { useEffect, useRef, type RefObject } from 'react'

/**
 * Gives the focus to an element when something that stood there is gone and took the
 * focus with it: a decision that has been made, here or elsewhere.
 */
export function useFocusKept(heir: RefObject<HTMLElement | null>, there: boolean) {
  const was = useRef(there)
  useEffect(() => {
    if (was.current && !there && document.activeElement === document.body) heir.current?.focus()
    was.current = there
  }, [heir, there])
}
