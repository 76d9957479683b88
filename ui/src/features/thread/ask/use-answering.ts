import { useCallback, useRef, useState } from 'react'
import { problemOf, type ApiProblem } from '@/lib/api'

/**
 * What becomes of a decision: `late` is one that somebody else made before, `sent` one
 * that the server has and whose effect the stream will show.
 */
export type Answering =
  | { name: 'open' }
  | { name: 'sending' }
  | { name: 'sent' }
  | { name: 'late' }
  | { name: 'failed'; problem: ApiProblem }

/** Returns the state of a decision and a function that sends it; only one is sent at a time. */
export function useAnswering(): [Answering, (send: () => Promise<void>) => Promise<void>] {
  const [state, setState] = useState<Answering>({ name: 'open' })
  const busy = useRef(false)
  const answer = useCallback(async (send: () => Promise<void>) => {
    if (busy.current) return
    busy.current = true
    setState({ name: 'sending' })
    try {
      await send()
      setState({ name: 'sent' })
    } catch (error) {
      const problem = problemOf(error)
      const late = problem.status === 409 || problem.status === 404
      setState(late ? { name: 'late' } : { name: 'failed', problem })
      busy.current = late
    }
  }, [])
  return [state, answer]
}
