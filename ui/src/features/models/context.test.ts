import { describe, expect, it } from 'vitest'
import { models } from '../../../dev/data'
import type { Message, ModelInfo, Usage } from '@/wire/wire.gen'
import { contextFacts, type ContextFacts } from './context'

const [large, , guide] = models
const model = (fields: Partial<ModelInfo> = {}): ModelInfo => {
  const { contextTokens: _, ...plain } = large ?? { id: '', label: '', provider: '', default: true }
  return { ...plain, ...fields }
}

const usage = (contextTokens: number | undefined, more: Partial<Usage> = {}): Usage => ({
  inputTokens: 1_000,
  cachedTokens: 600,
  outputTokens: 200,
  reasoningTokens: 50,
  toolTokens: 300,
  ...(contextTokens === undefined ? {} : { contextTokens }),
  ...more,
})

const answer = (id: string, fields: Partial<Message> = {}): Message => ({
  id,
  parentId: '',
  role: 'assistant',
  status: 'finished',
  createdAt: '2026-03-18T09:00:00Z',
  parts: [],
  ...fields,
})

const once = { read: 1_000, cached: 600, tools: 300, written: 200, reasoning: 50, estimated: false }
const twice = { read: 2_000, cached: 1_200, tools: 600, written: 400, reasoning: 100, estimated: false }

describe('contextFacts', () => {
  it.each<[string, Message[], ModelInfo | undefined, ContextFacts | undefined]>([
    ['nothing without an answer', [], large, undefined],
    ['nothing of answers that used nothing', [answer('a')], large, undefined],
    ['nothing of the guide', [answer('a', { usage: usage(500) })], guide, undefined],
    ['nothing without a model', [answer('a', { usage: usage(500) })], undefined, undefined],
    [
      'the share that the last call took',
      [answer('a', { usage: usage(100_000), cost: { usd: 0.5 } })],
      large,
      {
        used: 100_000,
        most: 400_000,
        share: 0.25,
        level: 'room',
        all: once,
        cost: { usd: 0.5, whole: true },
      },
    ],
    [
      'the newest answer that tells, and the sum of all',
      [answer('a', { usage: usage(100_000) }), answer('b', { usage: usage(undefined) })],
      large,
      { used: 100_000, most: 400_000, share: 0.25, level: 'room', all: twice },
    ],
    [
      'a context that is nearly full from four fifths on',
      [answer('a', { usage: usage(8_000) })],
      model({ contextTokens: 10_000 }),
      { used: 8_000, most: 10_000, share: 0.8, level: 'tight', all: once },
    ],
    [
      'room just below',
      [answer('a', { usage: usage(7_999) })],
      model({ contextTokens: 10_000 }),
      { used: 7_999, most: 10_000, share: 0.7999, level: 'room', all: once },
    ],
    [
      'a model that is too small for the thread',
      [answer('a', { usage: usage(12_000) })],
      model({ contextTokens: 10_000 }),
      { used: 12_000, most: 10_000, share: 1.2, level: 'over', all: once },
    ],
    [
      'no share of a model whose context is not known',
      [answer('a', { usage: usage(12_000) })],
      model(),
      { used: 12_000, level: 'room', all: once },
    ],
    [
      'no share where no answer told what it took',
      [answer('a', { usage: usage(undefined) })],
      large,
      { most: 400_000, level: 'room', all: once },
    ],
    [
      'sums that rest on an estimate, and a cost that is not of all',
      [
        answer('a', { usage: usage(4_000, { estimated: true }) }),
        answer('b', { usage: usage(40_000), cost: { usd: 0.25 } }),
        answer('c', { status: 'failed' }),
      ],
      large,
      {
        used: 40_000,
        most: 400_000,
        share: 0.1,
        level: 'room',
        all: { ...twice, estimated: true },
        cost: { usd: 0.25, whole: false },
      },
    ],
  ])('is %s', (_name, messages, asked, want) =>
    expect(contextFacts({ messages, path: messages }, asked)).toEqual(want),
  )

  it('takes the context from the line on view, and the sums from all lines', () => {
    const [off, on] = [answer('a', { usage: usage(90_000) }), answer('b', { usage: usage(40_000) })]
    expect(contextFacts({ messages: [off, on], path: [on] }, large)).toMatchObject({
      used: 40_000,
      all: twice,
    })
    expect(contextFacts({ messages: [off, on], path: [off] }, large)).toMatchObject({
      used: 90_000,
      all: twice,
    })
  })
})
