import { describe, expect, it } from 'vitest'
import { apply, emptyMessage } from './apply'
import type { Event, Message, ToolRef } from './wire.gen'

const at = '2026-01-02T14:02:31Z'
const tool: ToolRef = {
  name: 'northwind__read_query',
  server: 'northwind',
  serverName: 'Northwind',
  tool: 'read_query',
}
const start: Event = {
  type: 'start',
  messageId: 'm2',
  messageMetadata: { runId: 'r1', parentId: 'm1', model: 'guide', at },
}
const started: Message = {
  id: 'm2',
  parentId: 'm1',
  role: 'assistant',
  parts: [],
  status: 'running',
  runId: 'r1',
  model: 'guide',
  createdAt: at,
}
const call: Event = {
  type: 'tool-input-available',
  toolCallId: 'c1',
  toolName: tool.name,
  dynamic: true,
  input: { sql: 'SELECT 1' },
  toolMetadata: tool,
  at,
}
const calling = {
  type: 'dynamic-tool',
  toolCallId: 'c1',
  step: 0,
  tool,
  state: 'input-available',
  input: { sql: 'SELECT 1' },
  startedAt: at,
} as const
const output = { text: '1', isError: false }

const cases: { name: string; events: Event[]; want: Message }[] = [
  { name: 'start names the message', events: [start], want: started },
  {
    name: 'text grows by deltas and is done at its end',
    events: [
      start,
      { type: 'start-step' },
      { type: 'text-start', id: 't' },
      { type: 'text-delta', id: 't', delta: 'Hel' },
      { type: 'text-delta', id: 't', delta: 'lo' },
      { type: 'text-end', id: 't' },
      { type: 'finish-step' },
    ],
    want: { ...started, steps: 1, parts: [{ type: 'text', id: 't', step: 1, text: 'Hello', state: 'done' }] },
  },
  {
    name: 'reasoning is a part of its own',
    events: [start, { type: 'reasoning-start', id: 'r' }, { type: 'reasoning-delta', id: 'r', delta: 'Hm' }],
    want: { ...started, parts: [{ type: 'reasoning', id: 'r', step: 0, text: 'Hm', state: 'streaming' }] },
  },
  {
    name: 'arguments stream until they are available',
    events: [
      start,
      { type: 'tool-input-start', toolCallId: 'c1', toolName: tool.name, dynamic: true, toolMetadata: tool },
      { type: 'tool-input-delta', toolCallId: 'c1', inputTextDelta: '{"sql"' },
    ],
    want: {
      ...started,
      parts: [
        {
          type: 'dynamic-tool',
          toolCallId: 'c1',
          step: 0,
          tool,
          state: 'input-streaming',
          inputText: '{"sql"',
        },
      ],
    },
  },
  {
    name: 'available arguments replace the streamed text',
    events: [
      start,
      { type: 'tool-input-start', toolCallId: 'c1', toolName: tool.name, dynamic: true, toolMetadata: tool },
      { type: 'tool-input-delta', toolCallId: 'c1', inputTextDelta: '{' },
      call,
    ],
    want: { ...started, parts: [calling] },
  },
  {
    name: 'a call may begin with its arguments',
    events: [start, call],
    want: { ...started, parts: [calling] },
  },
  {
    name: 'a result closes its call',
    events: [
      start,
      call,
      { type: 'tool-output-available', toolCallId: 'c1', dynamic: true, output, durationMs: 12 },
    ],
    want: { ...started, parts: [{ ...calling, state: 'output-available', output, durationMs: 12 }] },
  },
  {
    name: 'a duration of zero is left out, as Go leaves it out',
    events: [
      start,
      call,
      { type: 'tool-output-available', toolCallId: 'c1', dynamic: true, output, durationMs: 0 },
    ],
    want: { ...started, parts: [{ ...calling, state: 'output-available', output }] },
  },
  {
    name: 'an error closes its call',
    events: [
      start,
      call,
      { type: 'tool-output-error', toolCallId: 'c1', dynamic: true, errorText: 'no', durationMs: 3 },
    ],
    want: { ...started, parts: [{ ...calling, state: 'output-error', errorText: 'no', durationMs: 3 }] },
  },
  {
    name: 'a server that cannot be used is noticed',
    events: [
      start,
      {
        type: 'data-mcp-status',
        data: { server: 's', name: 'S', status: 'down', error: 'It does not answer.' },
      },
    ],
    want: { ...started, notices: [{ server: 's', name: 'S', status: 'down', error: 'It does not answer.' }] },
  },
  {
    name: "a title is the thread's, not the message's",
    events: [start, { type: 'data-title', data: { title: 'T' } }],
    want: started,
  },
  {
    name: 'finish ends with the usage',
    events: [
      start,
      {
        type: 'finish',
        finishReason: 'stop',
        messageMetadata: {
          usage: { inputTokens: 1, cachedTokens: 0, outputTokens: 2, reasoningTokens: 0, toolTokens: 0 },
          at,
        },
      },
    ],
    want: {
      ...started,
      status: 'finished',
      finishReason: 'stop',
      usage: { inputTokens: 1, cachedTokens: 0, outputTokens: 2, reasoningTokens: 0, toolTokens: 0 },
      endedAt: at,
    },
  },
  {
    name: 'error ends with a failure',
    events: [
      start,
      {
        type: 'error',
        errorText: 'Slow down.',
        kind: 'provider_busy',
        retryAfter: 17,
        messageMetadata: { at },
      },
    ],
    want: {
      ...started,
      status: 'failed',
      failure: { kind: 'provider_busy', message: 'Slow down.', retryAfter: 17 },
      endedAt: at,
    },
  },
  {
    name: 'abort ends as stopped',
    events: [start, { type: 'abort', reason: 'user', messageMetadata: { at } }],
    want: { ...started, status: 'stopped', endedAt: at },
  },
  {
    name: 'what does not fit is passed over',
    events: [
      start,
      { type: 'text-delta', id: 'x', delta: '?' },
      { type: 'text-start', id: 't' },
      { type: 'reasoning-delta', id: 't', delta: '?' },
      { type: 'tool-output-available', toolCallId: 't', dynamic: true, output, durationMs: 1 },
    ],
    want: { ...started, parts: [{ type: 'text', id: 't', step: 0, text: '', state: 'streaming' }] },
  },
]

describe('apply', () => {
  it.each(cases)('folds: $name', ({ events, want }) => {
    expect(events.reduce(apply, emptyMessage)).toStrictEqual(want)
  })

  it('changes nothing that it was given', () => {
    for (const { events } of cases) {
      let m = emptyMessage
      for (const e of events) {
        const before = structuredClone(m)
        const next = apply(m, e)
        expect(m).toStrictEqual(before)
        m = next
      }
    }
  })

  it('keeps the parts that an event does not touch', () => {
    const m = [start, call, { type: 'text-start', id: 't' } as const].reduce(apply, emptyMessage)
    expect(apply(m, { type: 'text-delta', id: 't', delta: 'x' }).parts[0]).toBe(m.parts[0])
  })
})
