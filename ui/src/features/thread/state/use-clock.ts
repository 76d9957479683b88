import { useEffect, useState } from 'react'
import { serverNow } from '@/lib/clock'

/** Returns the time by the server's clock, anew each second while it runs. */
export function useNow(runs: boolean): number {
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    if (!runs) return
    const timer = setInterval(() => setNow(serverNow()), 1_000)
    return () => clearInterval(timer)
  }, [runs])
  return now
}

/**
 * Returns the milliseconds from a moment that the server told to now, anew each second; without a
 * moment it stands still at 0.
 */
export function useElapsed(since: string | undefined): number {
  const now = useNow(since !== undefined)
  return since === undefined ? 0 : Math.max(0, now - new Date(since).getTime())
}
