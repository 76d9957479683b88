import { add, change, indexOf, set, unreachable } from './parts.ts'
import type {
  Approval,
  Event,
  Message,
  ToolApprovalResponseEvent,
  ToolInputAvailableEvent,
  ToolPart,
} from './wire.gen'

/** How many lines of a server's log a call keeps. */
const maxLogs = 50

/** The events that are about one call. */
export type CallEvent = Extract<
  Event,
  {
    type:
      | `tool-${string}`
      | 'data-tool-wait'
      | 'data-tool-resumed'
      | 'data-tool-progress'
      | 'data-tool-log'
      | 'data-elicitation'
      | 'data-elicitation-answer'
  }
>

/** Returns the message with an event about a call folded in; the twin of the server's applyCall. */
export function applyCall(m: Message, e: CallEvent): Message {
  const call = (id: string, next: (p: ToolPart) => ToolPart) => change(m, 'dynamic-tool', id, next)
  switch (e.type) {
    case 'tool-input-start':
      return add(
        m,
        set<ToolPart>(
          {
            type: 'dynamic-tool',
            toolCallId: e.toolCallId,
            step: m.steps ?? 0,
            tool: e.toolMetadata,
            state: 'input-streaming',
          },
          { providerExecuted: e.providerExecuted },
        ),
      )
    case 'tool-input-delta':
      return call(e.toolCallId, (p) => set(p, { inputText: (p.inputText ?? '') + e.inputTextDelta }))
    case 'tool-input-available':
      return inputAvailable(m, e)
    case 'tool-approval-request':
      return call(e.toolCallId, (p) => ({
        ...set(paused(p, e.at), { startedAt: undefined }),
        state: 'approval-requested',
        approval: set<Approval>(
          { id: e.approvalId },
          { reason: e.reason, scopes: e.scopes, of: e.of, serverUrl: e.serverUrl },
        ),
      }))
    case 'tool-approval-response':
      return call(e.toolCallId, (p) => answered(p, e))
    case 'data-tool-wait': {
      const { toolCallId, at, ...wait } = e.data
      return call(toolCallId, (p) => ({
        ...set(paused(p, at), { startedAt: undefined, progress: undefined }),
        state: 'waiting',
        wait,
      }))
    }
    case 'data-tool-resumed':
      return call(e.data.toolCallId, (p) => ({
        ...unpaused(p, e.data.at),
        state: 'resumed',
        startedAt: e.data.at,
      }))
    case 'data-tool-progress': {
      const { toolCallId, ...progress } = e.data
      return call(toolCallId, (p) => ({ ...p, progress }))
    }
    case 'data-tool-log': {
      const { toolCallId, ...line } = e.data
      return call(toolCallId, (p) => ({ ...p, logs: [...(p.logs ?? []).slice(1 - maxLogs), line] }))
    }
    case 'data-elicitation': {
      const { toolCallId, elicitationId: id, at, ...asked } = e.data
      return call(toolCallId, (p) => ({ ...paused(p, at), elicitation: { id, ...asked } }))
    }
    case 'data-elicitation-answer':
      return call(e.data.toolCallId, (p) =>
        p.elicitation?.id === e.data.elicitationId
          ? { ...unpaused(p, e.data.at), elicitation: { ...p.elicitation, action: e.data.action } }
          : p,
      )
    case 'tool-output-available':
      return call(e.toolCallId, (p) =>
        set({ ...p, state: 'output-available', output: e.output }, { durationMs: e.durationMs }),
      )
    case 'tool-output-error':
      return call(e.toolCallId, (p) =>
        set(
          { ...p, state: 'output-error' },
          { errorText: e.errorText, errorKind: e.kind, trace: e.trace, durationMs: e.durationMs },
        ),
      )
    case 'tool-output-denied':
      return call(e.toolCallId, (p) => ({ ...p, state: 'output-denied' }))
    default:
      return unreachable(e)
  }
}

/** A call that waits from a moment on, if that is told. */
function paused(p: ToolPart, from: string | undefined): ToolPart {
  const waits = p.pauses !== undefined && p.pauses.at(-1)?.to === undefined
  return from === undefined || waits ? p : { ...p, pauses: [...(p.pauses ?? []), { from }] }
}

/** A call that waits no more. */
function unpaused(p: ToolPart, to: string | undefined): ToolPart {
  const last = p.pauses?.at(-1)
  if (to === undefined || !last || last.to !== undefined) return p
  return { ...p, pauses: [...(p.pauses ?? []).slice(0, -1), { ...last, to }] }
}

function inputAvailable(m: Message, e: ToolInputAvailableEvent): Message {
  const ready = (p: ToolPart): ToolPart =>
    set(
      { ...p, tool: e.toolMetadata, state: 'input-available', input: e.input, startedAt: e.at },
      { inputText: '', providerExecuted: e.providerExecuted, as: e.as, approval: e.approval ?? p.approval },
    )
  if (indexOf(m.parts, e.toolCallId) >= 0) return change(m, 'dynamic-tool', e.toolCallId, ready)
  const part = { type: 'dynamic-tool', toolCallId: e.toolCallId, step: m.steps ?? 0 } as const
  return add(m, ready({ ...part, tool: e.toolMetadata, state: 'input-streaming' }))
}

/** A call with the person's decision. An approved one begins now. */
function answered(p: ToolPart, e: ToolApprovalResponseEvent): ToolPart {
  if (p.approval?.id !== e.approvalId) return p
  return set<ToolPart>(
    {
      ...unpaused(p, e.at),
      state: 'approval-responded',
      approval: set<Approval>({ ...p.approval, approved: e.approved }, { scope: e.scope }),
    },
    {
      ...(e.approved && { startedAt: e.at }),
      ...(e.input !== undefined && { input: e.input, modelInput: p.modelInput ?? p.input }),
    },
  )
}
