import { useEffect, useState } from 'react'

/** useSettled returns a value once it has stayed the same for so many milliseconds; what is empty, at once. */
export function useSettled(value: string, ms: number): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    if (value === '') return
    const timer = setTimeout(() => setSettled(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  if (value === '' && settled !== '') setSettled('')
  return value === '' ? '' : settled
}
