import { describe, expect, it } from 'vitest'
import { momentsOf } from './moments.ts'

const stream = (...events: object[]) =>
  events.map((e, i) => `id: ${i + 1}\ndata: ${JSON.stringify(e)}\n\n`).join('') + 'data: [DONE]\n\n'

const tool = { name: 'n__q', server: 'n', serverName: 'N', tool: 'q' }
const start = {
  type: 'start',
  messageId: 'm',
  messageMetadata: { runId: 'r', parentId: 'q', model: 'x', at: '2000-01-01T00:00:00Z' },
}

describe('momentsOf', () => {
  it('takes each state once, when the most of it is written', () => {
    const moments = momentsOf(
      stream(
        start,
        { type: 'start-step' },
        { type: 'tool-input-start', toolCallId: 'c', toolName: 'n__q', dynamic: true, toolMetadata: tool },
        { type: 'tool-input-delta', toolCallId: 'c', inputTextDelta: '{}' },
        { type: 'text-start', id: 't' },
        { type: 'text-delta', id: 't', delta: 'a' },
        { type: 'text-delta', id: 't', delta: 'b' },
      ),
    )
    expect(moments.map(({ name }) => name)).toEqual([
      'running · call input-streaming',
      'running · call input-streaming · text streaming',
    ])
    expect(moments[1]?.message.parts[1]).toMatchObject({ text: 'ab' })
  })

  it('are none of a run without anything', () => expect(momentsOf(stream(start))).toEqual([]))
})
