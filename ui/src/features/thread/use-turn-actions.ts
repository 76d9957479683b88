import { useCallback, useMemo, useState } from 'react'
import { problemOf } from '@/lib/api'
import type { Message } from '@/wire/wire.gen'
import { sameAttachments } from './state/attached'
import type { TurnActions } from './turn/turn-view'
import type { AskOptions, ThreadState } from './state/use-thread'

/** Where the page leads from a turn; what is absent it has not. */
type Ways = Pick<TurnActions, 'newThread' | 'openServers' | 'openModels'>

/**
 * Returns what can be done in the turns of a thread, the same as long as the thread is, and in one
 * sentence why the last of it failed. While an answer is written nothing can be asked. ToComposer has
 * the composer take the focus of a control that goes; toEnd leads to what comes.
 */
export function useTurnActions(
  { path, running, send, regenerate, goOn, selectBranch }: ThreadState,
  { newThread, openServers, openModels }: Ways,
  toComposer: (() => void) | undefined,
  toEnd: () => void,
) {
  const [problem, setProblem] = useState<string>()
  const attempt = useCallback(
    async (work: () => Promise<void>) => {
      toComposer?.()
      setProblem(undefined)
      try {
        await work()
        toEnd()
      } catch (error) {
        setProblem(problemOf(error).detail)
      }
    },
    [toComposer, toEnd],
  )
  const actions = useMemo<TurnActions>(
    () => ({
      select: selectBranch,
      newThread,
      openServers,
      openModels,
      edit: running
        ? undefined
        : async (id, text) => {
            const old = path.find((m) => m.id === id)
            await send(text, old ? again(old) : {})
            toComposer?.()
            toEnd()
          },
      again: running ? undefined : (id) => void attempt(() => regenerate(id)),
      goOn: running ? undefined : (id) => void attempt(() => goOn(id)),
    }),
    [
      selectBranch,
      newThread,
      openServers,
      openModels,
      running,
      path,
      attempt,
      send,
      regenerate,
      goOn,
      toComposer,
      toEnd,
    ],
  )
  return { actions, problem, dismiss: () => setProblem(undefined) }
}

/** How a question is asked otherwise: in the place of the old one, with what was attached to it. */
function again(old: Message): AskOptions {
  const attachments = sameAttachments(old)
  return { parentId: old.parentId, ...(attachments.length > 0 && { attachments }) }
}
