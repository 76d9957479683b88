import { useCallback, useRef, useState } from 'react'
import { problemOf, type ApiProblem } from '@/lib/api'
import type { Attachment } from '@/wire/wire.gen'
import { toRequest } from './attachment'
import type { Attachments } from './use-attachments'
import { useDraft } from './use-draft'

/** What a composer is doing; a failed send keeps its problem until the next one. */
export type ComposerPhase =
  | { name: 'idle' }
  | { name: 'sending' }
  | { name: 'stopping' }
  | { name: 'failed'; problem: ApiProblem; during: 'send' | 'stop' }

/**
 * useComposer sends the draft with what is attached to it, or a given question in its place, and
 * stops a run.
 * What fails to be sent is put back into the field.
 */
export function useComposer(
  draft: string | null,
  onSend: (text: string, attachments: Attachment[]) => Promise<void>,
  onStop: () => Promise<void>,
  attachments: Pick<Attachments, 'take' | 'settle'>,
) {
  const kept = useDraft(draft)
  const [phase, setPhase] = useState<ComposerPhase>({ name: 'idle' })
  const busy = useRef(false)
  const { take, settle } = kept
  const { take: takeAttached, settle: settleAttached } = attachments

  const send = useCallback(
    async (question: string, fromField: boolean) => {
      if (busy.current) return
      busy.current = true
      take(question, !fromField)
      const attached = fromField ? takeAttached() : []
      setPhase({ name: 'sending' })
      try {
        await onSend(question, toRequest(attached))
        settle(true)
        if (fromField) settleAttached(true)
        setPhase({ name: 'idle' })
      } catch (error) {
        settle(false)
        if (fromField) settleAttached(false)
        setPhase({ name: 'failed', problem: problemOf(error), during: 'send' })
      } finally {
        busy.current = false
      }
    },
    [onSend, settle, settleAttached, take, takeAttached],
  )

  const stop = useCallback(async () => {
    setPhase({ name: 'stopping' })
    try {
      await onStop()
      setPhase({ name: 'idle' })
    } catch (error) {
      setPhase({ name: 'failed', problem: problemOf(error), during: 'stop' })
    }
  }, [onStop])

  const dismiss = useCallback(() => setPhase({ name: 'idle' }), [])
  return { text: kept.text, write: kept.write, phase, send, stop, dismiss }
}
