import { isGone } from '@/lib/api'
import { strings } from '@/strings/thread'
import { cn } from '@/ui/cn'
import { Tooltip } from '@/ui/tooltip'
import type { ToolPart } from '@/wire/wire.gen'
import type { CallState } from '../state/call-state'
import { carrierOf } from '../state/carrier'
import { useDesk } from '../state/desk'
import { useAnswering, type Answering } from '../ask/use-answering'

/** Whether a call is one that pomchat carries out at a server now, so that it can be stopped alone. */
export function mayStop(part: ToolPart, state: CallState): boolean {
  return state === 'running' && carrierOf(part) === 'server' && !part.providerExecuted
}

/**
 * StopCall ends one call while the answer goes on: a square in the ring of its line. It says what
 * becomes of that, and is there for as long as the answer is written.
 */
export function StopCall({ part, number, state }: { part: ToolPart; number: number; state: CallState }) {
  const { stopCall } = useDesk()
  const [answering, answer] = useAnswering()
  const offered = mayStop(part, state)
  const sent = answering.name === 'sending' || answering.name === 'sent'
  const said = wordsOf(answering, number, state)
  const wrong = answering.name === 'failed' && offered
  return (
    <>
      {offered && (
        <Tooltip label={strings.stopThisCall}>
          <button
            type="button"
            className="entry__stop"
            aria-label={strings.stopCall(number)}
            aria-disabled={sent}
            onClick={() => void answer(() => stopCall(part.toolCallId))}
          />
        </Tooltip>
      )}
      <p role="status" className={cn(wrong ? 'entry__said' : 'sr-only')}>
        {said}
      </p>
    </>
  )
}

function wordsOf(answering: Answering, number: number, state: CallState): string {
  switch (answering.name) {
    case 'sending':
    case 'sent':
      if (state === 'stopped') return strings.callStopped(number)
      return state === 'running' ? strings.stoppingCall(number) : ''
    case 'failed':
      if (state !== 'running') return ''
      return isGone(answering.problem) ? strings.callNotStopped : answering.problem.detail
    default:
      return ''
  }
}
