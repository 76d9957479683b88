import type { Message, ToolPart } from '@/wire/wire.gen'

/**
 * How a call stands, as a line of the ledger tells it: two of them wait for the person
 * (an approval, a question of its server), and four are kinds of not having worked.
 */
export type CallState =
  'running' | 'approval' | 'question' | 'denied' | 'blocked' | 'failed' | 'stopped' | 'done'

/** Returns how a call stands. Without a result in an answer that was stopped, it was stopped too. */
export function callState(part: ToolPart, answerStopped: boolean): CallState {
  switch (part.state) {
    case 'approval-requested':
      return 'approval'
    case 'output-denied':
      return 'denied'
    case 'output-available':
      return part.output?.isError === true ? 'failed' : 'done'
    case 'output-error':
      if (answerStopped && part.durationMs === undefined) return 'stopped'
      return part.errorKind === 'forbidden' && part.trace?.requestId !== undefined ? 'blocked' : 'failed'
    case 'approval-responded':
      if (part.approval?.approved === false) return 'denied'
      return isAsked(part) ? 'question' : 'running'
    default:
      return isAsked(part) ? 'question' : 'running'
  }
}

/** Whether the server of a call waits for an answer of the person. */
function isAsked({ elicitation }: ToolPart): boolean {
  return elicitation !== undefined && elicitation.action === undefined
}

/** Returns the calls of an answer that wait for the person, in their order. */
export function waitingCalls(message: Message | undefined): ToolPart[] {
  return (message?.parts ?? []).filter((p): p is ToolPart => {
    if (p.type !== 'dynamic-tool') return false
    const state = callState(p, false)
    return state === 'approval' || state === 'question'
  })
}

/** The id of the element in which a waiting call is decided. */
export function deskId(part: ToolPart): string {
  return `decide-${part.toolCallId}`
}
