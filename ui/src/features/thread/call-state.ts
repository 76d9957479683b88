import type { Message, ToolPart } from '@/wire/wire.gen'

/**
 * How a call stands, as a line of the ledger tells it: three of them wait for the person
 * (an approval, a question of its server, an account to be connected), one for a fresh
 * token, which the page fetches itself, and four are kinds of not having worked.
 */
export type CallState =
  | 'running'
  | 'approval'
  | 'question'
  | 'connect'
  | 'token'
  | 'denied'
  | 'blocked'
  | 'failed'
  | 'stopped'
  | 'done'

/** Returns how a call stands. Without a result in an answer that was stopped, it was stopped too. */
export function callState(part: ToolPart, answerStopped: boolean): CallState {
  switch (part.state) {
    case 'approval-requested':
      return 'approval'
    case 'waiting':
      return part.wait?.for === 'token' ? 'token' : 'connect'
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

/** Whether a call of that state waits for the person. */
export function asksPerson(state: CallState): boolean {
  return state === 'approval' || state === 'question' || state === 'connect'
}

/** Returns the calls of an answer that wait for the person, in their order. */
export function waitingCalls(message: Message | undefined): ToolPart[] {
  return (message?.parts ?? []).filter((p): p is ToolPart => {
    if (p.type !== 'dynamic-tool') return false
    return asksPerson(callState(p, false))
  })
}

/** The id of the element in which a waiting call is decided. */
export function deskId(part: ToolPart): string {
  return `decide-${part.toolCallId}`
}

/** Returns the ids of the calls that wait until a server is connected. */
export function waitingFor(message: Message | undefined, server: string): string[] {
  return waitingCalls(message)
    .filter((p) => callState(p, false) === 'connect' && p.tool.server === server)
    .map((p) => p.toolCallId)
}
