import { strings } from '@/strings/thread-trace'
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
    strings.server(tool.serverName),
    strings.tool(tool.tool),
    strings.call(toolCallId),
    strings.started(startedAt ?? '-'),
    ...(requestId === undefined ? [] : [strings.request(requestId)]),
    ...(status === undefined ? [] : [strings.status(status)]),
    ...(code === undefined ? [] : [strings.code(code)]),
    ...(errorKind === undefined ? [] : [strings.kind(errorKind)]),
    strings.args(JSON.stringify(input)),
    strings.error(errorText ?? output?.text ?? ''),
  ].join('\n')
}

/** What someone needs to know who is asked why an answer failed. */
export function answerDetailsOf({ runId, model, createdAt, endedAt, failure }: Message): string {
  const { requestId, status, code } = failure?.trace ?? {}
  return [
    strings.run(runId ?? '-'),
    strings.model(model ?? '-'),
    strings.started(createdAt),
    ...(endedAt === undefined ? [] : [strings.ended(endedAt)]),
    ...(requestId === undefined ? [] : [strings.request(requestId)]),
    ...(status === undefined ? [] : [strings.status(status)]),
    ...(code === undefined ? [] : [strings.code(code)]),
    strings.kind(failure?.kind ?? '-'),
    strings.error(failure?.message ?? ''),
  ].join('\n')
}

/** Returns a letter to whoever keeps the policy, which asks for what was refused. */
export function accessRequest(part: ToolPart, who: string): string {
  const { tool, startedAt } = part
  const request = traceOf(part).requestId ?? '-'
  return strings.letter(who, tool.tool, tool.serverName, startedAt ?? '', request).join('\n\n')
}
