import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { isGone, problemOf } from '@/lib/api'
import { keys } from '@/lib/query'

/**
 * useDoubt returns a function that passes a promise through and, if it fails for
 * want of an answer or of a session, has the banner look who is there.
 */
export function useDoubt(): <T>(work: Promise<T>) => Promise<T> {
  const client = useQueryClient()
  return useCallback(
    async (work) => {
      try {
        return await work
      } catch (error) {
        const problem = problemOf(error)
        if (isGone(problem) || problem.status === 401) void client.refetchQueries({ queryKey: keys.me })
        throw error
      }
    },
    [client],
  )
}
