import { useEffect, useState } from 'react'
import type { PromptSource } from '@/lib/prompts'
import type { CompletionRequest, Completions } from '@/wire/wire.gen'

/** How long to wait, in ms, for the next letter before asking. */
const pause = 150

/**
 * useCompletions follows an argument that is being written with what its server suggests. It
 * keeps the last answer until the next one has come; undefined means that there is none yet.
 * A failure is none: one can write without suggestions.
 */
export function useCompletions(
  complete: PromptSource['complete'],
  server: string,
  request: CompletionRequest,
  on: boolean,
): Completions | undefined {
  const [found, setFound] = useState<Completions>()
  const asked = JSON.stringify(request)
  useEffect(() => {
    if (!on) return
    const mine = new AbortController()
    const timer = setTimeout(() => {
      const again: CompletionRequest = JSON.parse(asked)
      complete(server, again, mine.signal).then(
        (values) => {
          if (!mine.signal.aborted) setFound(values)
        },
        () => undefined,
      )
    }, pause)
    return () => {
      clearTimeout(timer)
      mine.abort()
    }
  }, [asked, complete, on, server])
  return found
}
