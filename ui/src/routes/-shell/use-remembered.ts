import { useCallback, useState } from 'react'
import { load, save } from '@/lib/storage'

/** useRemembered is a switch that this browser remembers. */
export function useRemembered(name: string, standard: boolean): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => {
    const saved = load(name)
    return saved === null ? standard : saved === 'on'
  })
  const set = useCallback(
    (next: boolean) => {
      save(name, next ? 'on' : 'off')
      setOn(next)
    },
    [name],
  )
  return [on, set]
}
