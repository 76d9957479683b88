import { createContext, use, useEffect, useState, type ReactNode } from 'react'

const Context = createContext<(text: string) => void>(() => undefined)

/**
 * AnnounceProvider holds the one place whose changes screen readers read out (WAI-ARIA 1.2,
 * role status). It is there from the start: what is in a place when it appears is read by few.
 */
export function AnnounceProvider({ children }: { children: ReactNode }) {
  const [said, say] = useState('')
  return (
    <Context value={say}>
      {children}
      <div role="status" className="sr-only" data-announces="">
        {said}
      </div>
    </Context>
  )
}

/** useAnnounce has a text read out when it changes, for as long as who says it is there. */
export function useAnnounce(text: string) {
  const say = use(Context)
  useEffect(() => {
    say(text)
    return () => say('')
  }, [say, text])
}
