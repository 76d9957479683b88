import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { threadsQuery } from '@/lib/query'
import { useRemovals } from './removals'

/**
 * useThreadList returns the pages of threads that have been loaded, as one list
 * without those being deleted, those that have just left it for the archive or for the list, and without doubles, which a page that moved would give.
 */
export function useThreadList(search: string, archived: boolean) {
  const query = useInfiniteQuery({ ...threadsQuery(search, archived), placeholderData: keepPreviousData })
  const { hidden } = useRemovals()
  const pages = query.data?.pages
  const threads = useMemo(() => {
    const byId = new Map((pages ?? []).flatMap((page) => page.threads).map((t) => [t.id, t]))
    return [...byId.values()].filter((t) => !hidden.has(t.id) && (search !== '' || t.archived === archived))
  }, [pages, hidden, search, archived])
  return { ...query, threads }
}
