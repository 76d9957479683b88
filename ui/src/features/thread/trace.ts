import type { Message, ToolPart, Trace } from '@/wire/wire.gen'

const uuid = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/i

/** Returns where a failed call can be looked up; a request id may stand in the words alone. */
export function traceOf({ trace = {}, errorText, output }: ToolPart): Trace {
  if (trace.requestId !== undefined) return trace
  const requestId = uuid.exec(errorText ?? output?.text ?? '')?.[0]
  return requestId === undefined ? trace : { ...trace, requestId }
}

/** What someone needs to know who is asked for help. */
export function detailsOf(part: ToolPart): string {
  const { tool, toolCallId, startedAt, input, output, errorText, errorKind } = part
  const { requestId, status, code } = traceOf(part)
  return [
    `Server: ${tool.serverName}`,
    `Tool: ${tool.tool}`,
    `Call: ${toolCallId}`,
    `Started: ${startedAt ?? '-'}`,
    ...(requestId === undefined ? [] : [`Request: ${requestId}`]),
    ...(status === undefined ? [] : [`Status: ${status}`]),
    ...(code === undefined ? [] : [`Code: ${code}`]),
    ...(errorKind === undefined ? [] : [`Kind: ${errorKind}`]),
    `Arguments: ${JSON.stringify(input)}`,
    `Error: ${errorText ?? output?.text ?? ''}`,
  ].join('\n')
}

/** What someone needs to know who is asked why an answer failed. */
export function answerDetailsOf({ runId, model, createdAt, endedAt, failure }: Message): string {
  const { requestId, status, code } = failure?.trace ?? {}
  return [
    `Run: ${runId ?? '-'}`,
    `Model: ${model ?? '-'}`,
    `Started: ${createdAt}`,
    ...(endedAt === undefined ? [] : [`Ended: ${endedAt}`]),
    ...(requestId === undefined ? [] : [`Request: ${requestId}`]),
    ...(status === undefined ? [] : [`Status: ${status}`]),
    ...(code === undefined ? [] : [`Code: ${code}`]),
    `Kind: ${failure?.kind ?? '-'}`,
    `Error: ${failure?.message ?? ''}`,
  ].join('\n')
}

/** Returns a letter to whoever keeps the policy, which asks for what was refused. */
export function accessRequest(part: ToolPart, who: string): string {
  const { tool, startedAt } = part
  return [
    `Please let ${who || 'me'} use the tool ${tool.tool} of ${tool.serverName}.`,
    '',
    `Pomerium blocked a call of it${startedAt === undefined ? '' : ` at ${startedAt}`}.`,
    `Request id: ${traceOf(part).requestId ?? '-'}`,
  ].join('\n')
}
