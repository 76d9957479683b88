import { useMemo, useState } from 'react'
import type { Message } from '@/wire/wire.gen'
import type { CallOf } from './calls'
import { withCited } from './figures'
import { Pointer } from '../rows/pointer'

/** Returns what ties the answers of a path to what they rest on: its pointer, its calls by number, and the rows that are cited. */
export function useEvidence(path: readonly Message[]) {
  const [pointer] = useState(() => new Pointer())
  const callOf = useMemo<CallOf>(() => {
    const calls = path.flatMap((m) => m.parts.filter((p) => p.type === 'dynamic-tool'))
    return (number) => calls[number - 1]
  }, [path])
  const cited = useMemo(
    () =>
      withCited(
        new Map(),
        path.flatMap((m) => m.grounding ?? []),
      ),
    [path],
  )
  return { pointer, callOf, cited }
}
