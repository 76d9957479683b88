import type { EndDetails, Event, Message, Part, ToolPart } from './wire.gen'

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
        { runId: e.messageMetadata.runId, model: e.messageMetadata.model },
      )
    case 'start-step':
      return { ...m, steps: (m.steps ?? 0) + 1 }
    case 'finish-step':
    case 'data-title':
      return m
    case 'text-start':
      return add(m, { type: 'text', id: e.id, step: m.steps ?? 0, text: '', state: 'streaming' })
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
    case 'tool-input-start':
      return add(m, {
        type: 'dynamic-tool',
        toolCallId: e.toolCallId,
        step: m.steps ?? 0,
        tool: e.toolMetadata,
        state: 'input-streaming',
      })
    case 'tool-input-delta':
      return change(m, 'dynamic-tool', e.toolCallId, (p) =>
        set(p, { inputText: (p.inputText ?? '') + e.inputTextDelta }),
      )
    case 'tool-input-available': {
      const ready = (p: ToolPart): ToolPart =>
        set(
          { ...p, tool: e.toolMetadata, state: 'input-available', input: e.input, startedAt: e.at },
          { inputText: '' },
        )
      if (indexOf(m.parts, e.toolCallId) >= 0) return change(m, 'dynamic-tool', e.toolCallId, ready)
      const part = { type: 'dynamic-tool', toolCallId: e.toolCallId, step: m.steps ?? 0 } as const
      return add(m, ready({ ...part, tool: e.toolMetadata, state: 'input-streaming' }))
    }
    case 'tool-output-available':
      return change(m, 'dynamic-tool', e.toolCallId, (p) =>
        set({ ...p, state: 'output-available', output: e.output }, { durationMs: e.durationMs }),
      )
    case 'tool-output-error':
      return change(m, 'dynamic-tool', e.toolCallId, (p) =>
        set({ ...p, state: 'output-error' }, { errorText: e.errorText, durationMs: e.durationMs }),
      )
    case 'data-mcp-status':
      return { ...m, notices: [...(m.notices ?? []), e.data] }
    case 'finish':
      return set(ended(m, 'finished', e.messageMetadata), { finishReason: e.finishReason })
    case 'error':
      return {
        ...ended(m, 'failed', e.messageMetadata),
        failure: { kind: e.kind, message: e.errorText },
      }
    case 'abort':
      return ended(m, 'stopped', e.messageMetadata)
    default:
      return unreachable(e)
  }
}

function ended(m: Message, status: Message['status'], d: EndDetails): Message {
  const { usage: _, ...rest } = m
  return { ...rest, ...(d.usage && { usage: d.usage }), status, endedAt: d.at }
}

/**
 * Sets optional fields the way the server's encoder writes them: an empty string
 * and a zero are left out (`omitempty`).
 */
function set<T extends object>(base: T, fields: Partial<T>): T {
  const out: Partial<T> = { ...base, ...fields }
  for (const key in fields) {
    const value = fields[key]
    if (value === '' || value === 0 || value === undefined) delete out[key]
  }
  return out as T
}

function add(m: Message, part: Part): Message {
  return { ...m, parts: [...m.parts, part] }
}

type PartOf<T extends Part['type']> = Extract<Part, { type: T }>

/** Changes the part of that id, if it is of that type; the newest is the likeliest. */
function change<T extends Part['type']>(
  m: Message,
  type: T,
  id: string,
  next: (part: PartOf<T>) => Part,
): Message {
  const i = indexOf(m.parts, id)
  const part = m.parts[i]
  if (part?.type !== type) return m
  return { ...m, parts: m.parts.with(i, next(part as PartOf<T>)) }
}

function indexOf(parts: readonly Part[], id: string): number {
  return parts.findLastIndex((p) => partId(p) === id)
}

/** The id of a part, unique in its message: a call's own, or the part's. */
export function partId(part: Part): string {
  return part.type === 'dynamic-tool' ? part.toolCallId : part.id
}

/** Ends a switch over a closed set: the compiler proves that nothing arrives here. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`)
}
