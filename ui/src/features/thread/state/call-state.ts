import type { Message, ToolPart } from '@/wire/wire.gen'

/**
 * How a call stands, as a line of the ledger tells it: three of them wait for the person
 * (an approval, a question of its server, an account to be connected), one for a fresh
 * token, which the page fetches itself, and five are kinds of not having worked. While the
 * model still writes its arguments, nothing runs.
 */
export type CallState =
  | 'writing'
  | 'running'
  | 'approval'
  | 'question'
  | 'connect'
  | 'token'
  | 'denied'
  | 'blocked'
  | 'failed'
  | 'stopped'
  | 'lost'
  | 'done'

/**
 * Returns how a call stands in an answer of that status. Without a result, a call of an answer
 * that was stopped was stopped too, as was one that the person stopped alone, and nobody works any more on one of an answer that has ended.
 */
export function callState(part: ToolPart, answer: Message['status']): CallState {
  if (part.state === 'output-denied') return 'denied'
  if (part.state === 'output-available') return part.output?.isError === true ? 'failed' : 'done'
  if (part.state === 'output-error') {
    if (part.errorKind === 'stopped') return 'stopped'
    if (answer === 'stopped' && part.durationMs === undefined) return 'stopped'
    return part.errorKind === 'forbidden' && part.trace?.requestId !== undefined ? 'blocked' : 'failed'
  }
  if (part.approval?.approved === false) return 'denied'
  if (answer !== 'running') return answer === 'stopped' ? 'stopped' : 'lost'
  switch (part.state) {
    case 'input-streaming':
      return 'writing'
    case 'approval-requested':
      return 'approval'
    case 'waiting':
      if (part.wait?.for === 'answer') return 'question'
      return part.wait?.for === 'token' ? 'token' : 'connect'
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
  if (!message) return []
  return message.parts.filter((p): p is ToolPart => {
    if (p.type !== 'dynamic-tool') return false
    return asksPerson(callState(p, message.status))
  })
}

/** The id of the element in which a waiting call is decided. */
export function deskId(part: ToolPart): string {
  return `decide-${part.toolCallId}`
}

/** Returns the ids of the calls that wait until a server is connected. */
export function waitingFor(message: Message | undefined, server: string): string[] {
  return waitingCalls(message)
    .filter((p) => callState(p, 'running') === 'connect' && p.tool.server === server)
    .map((p) => p.toolCallId)
}
