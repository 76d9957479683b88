import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useState } from 'react'
import { api, problemOf } from '@/lib/api'
import { strings } from '@/strings/thread'
import type { ResultPage } from '@/wire/wire.gen'
import { withPages, type TableData } from './table-data'

/** Rows that are asked for at a time, by who reads on. */
export const pageOfRows = 200

/** What is loaded without being asked for, to sort and to filter, ends here. */
export const mostRows = 20_000

/** The server gives no more rows at once. */
const mostAtOnce = 10_000

/** What was loaded of a result beyond what its message holds. */
interface Loaded {
  pages: ResultPage[]
  /** Rows that the server keeps of the result. */
  kept: number
}

/** A result's rows as far as they are loaded, and how to get more of them. */
export interface ResultRows {
  data: TableData
  /** How many rows can be loaded, once the server has said so. */
  kept: number | undefined
  /** There is nothing more to load. */
  complete: boolean
  loading: boolean
  /** What went wrong, in one sentence. */
  problem: string | undefined
  /** Asking again cannot help. */
  gone: boolean
  /** Loads rows until there are that many, or none are left. It is always the same function. */
  load: (upTo: number) => void
}

/**
 * useResultRows reads a result on behind the rows that its message holds. What was
 * loaded stays for a while when the table is closed. Without an id there is nothing to load.
 */
export function useResultRows(table: TableData, id: string | undefined): ResultRows {
  const client = useQueryClient()
  const key = useMemo(() => ['result', id], [id])
  const { data: loaded } = useQuery<Loaded>({ queryKey: key, queryFn: skipToken, staleTime: Infinity })
  const wanted = useRef(0)
  const busy = useRef(false)
  const [gone, setGone] = useState(false)
  const data = useMemo(() => withPages(table, loaded?.pages ?? []), [loaded, table])
  const complete = id === undefined || (loaded !== undefined && data.rows.length >= loaded.kept)

  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      for (;;) {
        const before = client.getQueryData<Loaded>(key)
        const have = table.rows.length + (before?.pages ?? []).reduce((n, page) => n + page.rows.length, 0)
        const missing = Math.min(wanted.current, before?.kept ?? Infinity) - have
        if (missing <= 0) return
        const params = new URLSearchParams({
          offset: String(have),
          limit: String(Math.min(missing, mostAtOnce)),
        })
        const page = await api.get<ResultPage>(`/api/results/${encodeURIComponent(id ?? '')}?${params}`)
        // Less than was promised is all there is.
        const kept = page.rows.length === 0 ? have : page.kept
        client.setQueryData<Loaded>(key, (now) => ({ pages: [...(now?.pages ?? []), page], kept }))
      }
    },
    onError: (reason) => setGone(problemOf(reason).status === 404),
    onSettled: () => {
      busy.current = false
    },
  })
  const load = useCallback(
    (upTo: number) => {
      if (id === undefined) return
      wanted.current = Math.max(wanted.current, upTo)
      if (busy.current) return
      busy.current = true
      mutate()
    },
    [id, mutate],
  )
  const problem = error ? (gone ? strings.rowsGone : problemOf(error).detail) : undefined
  return {
    data,
    kept: loaded?.kept,
    complete,
    loading: isPending,
    problem,
    gone,
    load,
  }
}
