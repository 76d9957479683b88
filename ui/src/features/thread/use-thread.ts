import { useCallback, useMemo, useState } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api, problemOf, type ApiProblem } from '@/lib/api'
import { keys, threadQuery } from '@/lib/query'
import type { Message, RunRequest, RunStarted, ThreadDetail } from '@/wire/wire.gen'
import type { Connection, LiveMessage } from './live-run'
import { withRun } from './thread-cache'
import { select, visiblePath, type Selection } from './tree'
import { useLiveRun } from './use-live-run'

/** How a question is asked; what is absent is the thread's own choice. */
export interface AskOptions {
  model?: string
  servers?: string[]
  /** The message to go on from; absent means the end of the line on view, '' the root. */
  parentId?: string
}

/** A thread on view. */
export interface ThreadState {
  /** `missing` is a thread that does not exist, or is another's. */
  phase: 'loading' | 'ready' | 'missing' | 'failed'
  detail: ThreadDetail | undefined
  /** The line of the tree on view. A message being written is as it was stored; see live. */
  path: Message[]
  /** The message being written, frame by frame. */
  live: LiveMessage | undefined
  running: boolean
  connection: Connection
  /** Why the thread could not be read, or read again. */
  error: ApiProblem | undefined
  /** Asks a question; rejects with an ApiError. */
  send: (text: string, options?: AskOptions) => Promise<void>
  /** Stops the active run, if there is one; rejects with an ApiError. */
  stop: () => Promise<void>
  /** Answers a question anew, given the question's or an answer's id; rejects with an ApiError. */
  regenerate: (messageId: string) => Promise<void>
  /** Shows the branch in which a message is. */
  selectBranch: (messageId: string) => void
  /** Reads the thread again. */
  reload: () => void
}

const nothingChosen: Selection = {}

/**
 * Loads a thread, follows the run that is active in it, and asks. Several tabs
 * stay in step by reading again on focus; the server alone owns runs, so leaving
 * the page stops nothing.
 */
export function useThread(threadId: string): ThreadState {
  const client = useQueryClient()
  const query = useQuery(threadQuery(threadId))
  const detail = query.data
  const runId = detail?.thread.activeRunId
  const { live, connection, lost } = useLiveRun(threadId, runId)
  const [chosen, setChosen] = useState({ threadId, selection: nothingChosen })
  const selection = chosen.threadId === threadId ? chosen.selection : nothingChosen
  const messages = detail?.messages
  const path = useMemo(() => (messages ? visiblePath(messages, selection) : []), [messages, selection])

  const ask = useCallback(
    async (parentId: string, request: RunRequest) => {
      const { queryKey } = threadQuery(threadId)
      const started = await api.post<RunStarted>(`/api/threads/${encodeURIComponent(threadId)}/runs`, request)
      await client.cancelQueries({ queryKey })
      const at = new Date().toISOString()
      client.setQueryData(
        queryKey,
        (before) => before && withRun(before, { parentId, text: request.text }, started, at),
      )
      setChosen((before) => ({
        threadId,
        selection: {
          ...(before.threadId === threadId ? before.selection : nothingChosen),
          ...(request.text === undefined
            ? { [parentId]: started.messageId }
            : { [parentId]: started.userMessageId, [started.userMessageId]: started.messageId }),
        },
      }))
      void client.invalidateQueries({ queryKey: keys.allThreads })
    },
    [client, threadId],
  )

  const leaf = path.at(-1)?.id
  const send = useCallback(
    async (text: string, { model, servers, parentId = leaf }: AskOptions = {}) => {
      await ask(parentId ?? '', {
        text,
        ...(parentId === undefined ? {} : { parentId }),
        ...(model === undefined ? {} : { model }),
        ...(servers === undefined ? {} : { servers }),
      })
    },
    [ask, leaf],
  )

  const regenerate = useCallback(
    async (messageId: string) => {
      const message = messages?.find((m) => m.id === messageId)
      if (!message) return
      const parentId = message.role === 'user' ? message.id : message.parentId
      await ask(parentId, { parentId })
    },
    [ask, messages],
  )

  const stop = useCallback(async () => {
    if (runId !== undefined) await api.post<void>(`/api/runs/${encodeURIComponent(runId)}/stop`)
  }, [runId])

  const selectBranch = useCallback(
    (messageId: string) => {
      setChosen({ threadId, selection: select(messages ?? [], selection, messageId) })
    },
    [threadId, messages, selection],
  )

  const reload = useCallback(() => {
    void client.invalidateQueries({ queryKey: keys.thread(threadId) })
  }, [client, threadId])

  const error = query.error ? problemOf(query.error) : undefined
  return {
    phase: detail ? 'ready' : error ? (error.status === 404 ? 'missing' : 'failed') : 'loading',
    detail,
    path,
    live: live?.runId === runId ? live : undefined,
    running: runId !== undefined && runId !== lost,
    connection: runId === undefined ? 'live' : connection,
    error,
    send,
    stop,
    regenerate,
    selectBranch,
    reload,
  }
}
