import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api, problemOf, type ApiProblem } from '@/lib/api'
import { serverNow } from '@/lib/clock'
import { keys, threadQuery } from '@/lib/query'
import { useTellTabs } from '@/lib/tabs'
import type {
  AnswerRequest,
  DecisionRequest,
  Message,
  RenewalRequest,
  RunRequest,
  RunStarted,
  ThreadDetail,
  ToolPart,
} from '@/wire/wire.gen'
import { partsOf } from './attached'
import { recallBranch, rememberBranch } from './branch-memory'
import { waitingCalls } from './call-state'
import type { Connection, LiveMessage } from './live-run'
import { withRun } from './thread-cache'
import { select, visiblePath, type Selection } from './tree'
import { useFreshToken } from './use-fresh-token'
import { useLiveRun } from './use-live-run'

/**
 * How a question is asked; what is absent is the thread's own choice. The parent is the
 * message to go on from, '' for the root. Absent means the line on view; where that is the
 * newest as far as this page knows, the newest as the server knows it.
 */
export type AskOptions = Omit<RunRequest, 'text'>

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
  /** The call of the active run that waits for the person; the first, if there are several. */
  waiting: ToolPart | undefined
  /** Allows or forbids a call of the active run; rejects with an ApiError. */
  decide: (approvalId: string, decision: DecisionRequest) => Promise<void>
  /** Answers what a server asks within the active run; rejects with an ApiError. */
  reply: (elicitationId: string, answer: AnswerRequest) => Promise<void>
  /** Has calls of the active run tried again, or given up, that wait for a connection; rejects with an ApiError. */
  renew: (renewal: RenewalRequest) => Promise<void>
  /** Stops one call of the active run, which goes on; rejects with an ApiError. */
  stopCall: (callId: string) => Promise<void>
  /** Answers a question anew, given the question's or an answer's id; rejects with an ApiError. */
  regenerate: (messageId: string) => Promise<void>
  /** Continues an answer that was cut off, given its id; rejects with an ApiError. */
  goOn: (messageId: string) => Promise<void>
  /** Shows the branch in which a message is. */
  selectBranch: (messageId: string) => void
  /** Reads the thread again. */
  reload: () => void
}

const nothingChosen: Selection = {}

/**
 * Loads a thread, follows the run that is active in it, and asks. Several tabs
 * stay in step by telling one another what to read again, and several devices by
 * reading again on focus and now and then; the server alone owns runs, so leaving
 * the page stops nothing.
 */
export function useThread(threadId: string): ThreadState {
  const client = useQueryClient()
  const tell = useTellTabs()
  const query = useQuery(threadQuery(threadId))
  const detail = query.data
  const runId = detail?.thread.activeRunId
  const { live, connection, lost } = useLiveRun(threadId, runId)
  const messages = detail?.messages
  const { selection, choose } = useSelection(threadId, messages)
  const path = useMemo(() => (messages ? visiblePath(messages, selection) : []), [messages, selection])

  const ask = useCallback(
    async (parentId: string, request: RunRequest) => {
      const { queryKey } = threadQuery(threadId)
      const started = await startRun(threadId, request, () => void client.invalidateQueries({ queryKey }))
      await client.cancelQueries({ queryKey })
      const at = new Date(serverNow()).toISOString()
      const { parts, whole } = partsOf(
        request.attachments ?? [],
        client.getQueryData(queryKey)?.messages ?? [],
      )
      client.setQueryData(
        queryKey,
        (before) => before && withRun(before, { parentId, text: request.text, attached: parts }, started, at),
      )
      // What is asked is the newest of all, so there is nothing to remember.
      rememberBranch(threadId, undefined)
      choose({
        ...selection,
        ...(request.text === undefined
          ? { [parentId]: started.messageId }
          : { [parentId]: started.userMessageId, [started.userMessageId]: started.messageId }),
      })
      // Where it was the server who chose the parent or read a resource, only the server knows.
      if (request.parentId === undefined || !whole) void client.invalidateQueries({ queryKey })
      void client.invalidateQueries({ queryKey: keys.allThreads })
      tell(threadId)
    },
    [client, tell, threadId, selection, choose],
  )

  const leaf = path.at(-1)?.id ?? ''
  const newest = messages?.at(-1)?.id ?? ''
  const send = useCallback(
    async (text: string, { parentId, ...chosen }: AskOptions = {}) => {
      const branch = parentId ?? (leaf === newest ? undefined : leaf)
      await ask(branch ?? leaf, {
        text,
        ...(branch === undefined ? {} : { parentId: branch }),
        ...chosen,
      })
    },
    [ask, leaf, newest],
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

  const goOn = useCallback((messageId: string) => ask(messageId, { parentId: messageId }), [ask])

  const stop = useCallback(async () => {
    if (runId !== undefined) await api.post<void>(`/api/runs/${encodeURIComponent(runId)}/stop`)
  }, [runId])

  const settle = useCallback(
    async (path: string, body?: DecisionRequest | AnswerRequest | RenewalRequest) => {
      if (runId === undefined) return
      try {
        await api.post<void>(`/api/runs/${encodeURIComponent(runId)}/${path}`, body)
      } finally {
        void client.invalidateQueries({ queryKey: keys.allThreads })
        tell(threadId)
      }
    },
    [client, tell, threadId, runId],
  )
  const decide = useCallback(
    (approvalId: string, decision: DecisionRequest) =>
      settle(`approvals/${encodeURIComponent(approvalId)}`, decision),
    [settle],
  )
  const reply = useCallback(
    (elicitationId: string, answer: AnswerRequest) =>
      settle(`elicitations/${encodeURIComponent(elicitationId)}`, answer),
    [settle],
  )
  const renew = useCallback((renewal: RenewalRequest) => settle('token', renewal), [settle])
  const stopCall = useCallback(
    (callId: string) => settle(`calls/${encodeURIComponent(callId)}/stop`),
    [settle],
  )
  const waiting = useWaiting(live?.runId === runId ? live : undefined)
  useFreshToken(runId, live?.runId === runId ? live : undefined)
  const waits = waiting !== undefined
  const told = useRef(waits)
  useEffect(() => {
    if (told.current === waits) return
    told.current = waits
    void client.invalidateQueries({ queryKey: keys.allThreads })
  }, [client, waits])

  const selectBranch = useCallback(
    (messageId: string) => {
      if (!messages) return
      const next = select(messages, selection, messageId)
      const end = visiblePath(messages, next).at(-1)?.id
      rememberBranch(threadId, end === newest ? undefined : end)
      choose(next)
    },
    [threadId, messages, newest, selection, choose],
  )

  const reload = useCallback(() => {
    void client.invalidateQueries({ queryKey: keys.thread(threadId) })
  }, [client, threadId])

  const error = query.error ? problemOf(query.error) : undefined
  return {
    phase: error?.status === 404 ? 'missing' : detail ? 'ready' : error ? 'failed' : 'loading',
    detail,
    path,
    live: live?.runId === runId ? live : undefined,
    running: runId !== undefined && runId !== lost,
    connection: runId === undefined ? 'live' : connection,
    error,
    send,
    stop,
    waiting,
    decide,
    reply,
    renew,
    stopCall,
    regenerate,
    goOn,
    selectBranch,
    reload,
  }
}

/** The branches that were chosen in a thread: since it was opened, or when it was last on view. */
function useSelection(threadId: string, messages: Message[] | undefined) {
  const [chosen, setChosen] = useState<{ threadId: string; selection: Selection }>()
  const here = chosen?.threadId === threadId ? chosen.selection : undefined
  const recalled = useMemo(() => recallBranch(threadId), [threadId])
  const selection = useMemo(() => {
    if (here) return here
    return recalled !== undefined && messages ? select(messages, nothingChosen, recalled) : nothingChosen
  }, [here, recalled, messages])
  const choose = useCallback((next: Selection) => setChosen({ threadId, selection: next }), [threadId])
  return { selection, choose }
}

const silent = () => () => undefined

/** The first call of a message being written that waits for the person. It changes only when that does. */
function useWaiting(live: LiveMessage | undefined): ToolPart | undefined {
  return useSyncExternalStore(live?.subscribe ?? silent, () => waitingCalls(live?.get())[0])
}

/** Starts a run. A conflict means that the page is out of date: onConflict is called before it rejects. */
async function startRun(threadId: string, request: RunRequest, onConflict: () => void): Promise<RunStarted> {
  try {
    return await api.post<RunStarted>(`/api/threads/${encodeURIComponent(threadId)}/runs`, request)
  } catch (error) {
    if (problemOf(error).status === 409) onConflict()
    throw error
  }
}
