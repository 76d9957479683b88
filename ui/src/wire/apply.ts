import { applyCall } from './apply-call.ts'
import { add, change, set } from './parts.ts'
import type { EndDetails, Event, Failure, Message, TextPart, Usage } from './wire.gen'

/** The message that a run's events are folded into, before its first event. */
export const emptyMessage: Message = {
  id: '',
  parentId: '',
  role: 'assistant',
  parts: [],
  status: 'running',
  createdAt: '',
}

/**
 * Returns the message with one event folded in; the twin of the server's
 * chat.Apply, held to it by recorded streams that both replay. It changes
 * nothing. An event that does not fit (a delta without its start, a result for
 * an unknown call) is passed over, so that a reader can join a stream anywhere.
 */
export function apply(m: Message, e: Event): Message {
  switch (e.type) {
    case 'start':
      return set<Message>(
        {
          ...m,
          id: e.messageId,
          parentId: e.messageMetadata.parentId,
          role: 'assistant',
          status: 'running',
          parts: [],
          createdAt: e.messageMetadata.at,
        },
        {
          runId: e.messageMetadata.runId,
          model: e.messageMetadata.model,
          steps: undefined,
          usage: undefined,
          notices: undefined,
        },
      )
    case 'start-step':
      return { ...m, steps: (m.steps ?? 0) + 1 }
    case 'finish-step':
    case 'data-title':
      return m
    case 'message-metadata':
      return { ...m, usage: sum(m.usage, e.messageMetadata.usage) }
    case 'text-start':
      return add(
        m,
        set({ type: 'text', id: e.id, step: m.steps ?? 0, text: '', state: 'streaming' } as TextPart, {
          kind: e.kind,
        }),
      )
    case 'text-delta':
      return change(m, 'text', e.id, (p) => ({ ...p, text: p.text + e.delta }))
    case 'text-end':
      return change(m, 'text', e.id, (p) => ({ ...p, state: 'done' }))
    case 'reasoning-start':
      return add(m, { type: 'reasoning', id: e.id, step: m.steps ?? 0, text: '', state: 'streaming' })
    case 'reasoning-delta':
      return change(m, 'reasoning', e.id, (p) => ({ ...p, text: p.text + e.delta }))
    case 'reasoning-end':
      return change(m, 'reasoning', e.id, (p) => ({ ...p, state: 'done' }))
    case 'source-url': {
      const { type, sourceId: id, ...source } = e
      return add(m, { type, id, step: m.steps ?? 0, ...source })
    }
    case 'file': {
      const { type, fileId: id, ...file } = e
      return add(m, { type, id, step: m.steps ?? 0, ...file })
    }
    case 'data-grounding':
      return { ...m, grounding: e.data }
    case 'data-mcp-status':
      return { ...m, notices: [...(m.notices ?? []), e.data] }
    case 'finish':
      return set(ended(m, 'finished', e.messageMetadata), { finishReason: e.finishReason })
    case 'error':
      return {
        ...ended(m, 'failed', e.messageMetadata),
        failure: set<Failure>(
          { kind: e.kind, message: e.errorText },
          { trace: e.trace, retryAfter: e.retryAfter },
        ),
      }
    case 'abort':
      return ended(m, 'stopped', e.messageMetadata)
    default:
      return applyCall(m, e)
  }
}

function ended(m: Message, status: Message['status'], d: EndDetails): Message {
  return set<Message>({ ...m, status, endedAt: d.at }, { usage: d.usage, cost: d.cost })
}

function sum(a: Usage | undefined, b: Usage): Usage {
  if (!a) return b
  return set<Usage>(
    {
      inputTokens: a.inputTokens + b.inputTokens,
      cachedTokens: a.cachedTokens + b.cachedTokens,
      outputTokens: a.outputTokens + b.outputTokens,
      reasoningTokens: a.reasoningTokens + b.reasoningTokens,
      toolTokens: a.toolTokens + b.toolTokens,
    },
    { contextTokens: b.contextTokens || a.contextTokens, estimated: a.estimated ?? b.estimated },
  )
}
