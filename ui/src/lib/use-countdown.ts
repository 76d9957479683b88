import { useEffect, useState } from 'react'
import { serverNow } from './clock'

/**
 * useCountdown returns the whole seconds until a moment of the server's clock, in milliseconds since
 * 1970, anew each second; 0 once it has come, and without one. Give what counts to another moment
 * a key of its own.
 */
export function useCountdown(until: number | undefined): number {
  const [now, setNow] = useState(serverNow)
  const left = until === undefined ? 0 : Math.max(0, Math.ceil((until - now) / 1_000))
  const runs = left > 0
  useEffect(() => {
    if (!runs) return
    const timer = setInterval(() => setNow(serverNow()), 1_000)
    return () => clearInterval(timer)
  }, [runs])
  return left
}
