import { useEffect, useState } from 'react'

/**
 * Returns a moment of today, another one once it is another day: at midnight, or, for a page that
 * slept through it, when it is looked at again.
 */
export function useToday(): Date {
  const [today, setToday] = useState(() => new Date())
  useEffect(() => {
    const look = () => {
      const now = new Date()
      if (now.toDateString() !== today.toDateString()) setToday(now)
    }
    const midnight = new Date(today.getFullYear(), today.getMonth(), today.getDate() + 1)
    const timer = setTimeout(look, Math.max(0, midnight.getTime() - Date.now()) + 50)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [today])
  return today
}
