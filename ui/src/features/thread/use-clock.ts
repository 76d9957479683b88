import { useEffect, useState } from 'react'

/**
 * Returns the milliseconds from a moment to now, anew each second; without a
 * moment it stands still at 0.
 */
export function useElapsed(since: string | undefined): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (since === undefined) return
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [since])
  return since === undefined ? 0 : Math.max(0, now - new Date(since).getTime())
}
