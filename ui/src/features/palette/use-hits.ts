import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { threadsQuery } from '@/lib/query'
import type { ThreadSummary } from '@/wire/wire.gen'
import { hasWords } from './commands'

/** How long after the last key the server is asked, in milliseconds. */
const patience = 150

/** The most threads that are shown. */
const most = { recent: 5, found: 8 }

/** What the server found, or is still looking for. */
export type Hits = { threads: ThreadSummary[]; state: 'ready' | 'searching' | 'failed' }

/**
 * useHits returns the threads that contain the words, or the newest where there are none. As
 * long as the server looks, it is those known ones whose titles have the words, so that
 * Enter never opens what was found for other words.
 */
export function useHits(query: string, hidden: ReadonlySet<string>): Hits {
  const words = query.trim().slice(0, 200)
  const asked = useSettled(words)
  const { data, isPlaceholderData, isPending, isError } = useInfiniteQuery({
    ...threadsQuery(asked),
    placeholderData: keepPreviousData,
  })
  const late = words !== asked || isPlaceholderData || isPending
  const threads = (data?.pages ?? [])
    .flatMap((page) => page.threads)
    .filter(({ id, title }) => !hidden.has(id) && (!late || hasWords(title, words)))
    .slice(0, words === '' ? most.recent : most.found)
  return { threads, state: isError && threads.length === 0 ? 'failed' : late ? 'searching' : 'ready' }
}

/** Returns a value once it has not changed for a moment; none at all is told at once. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), value === '' ? 0 : patience)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
