// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { receiptOf, totalOf } from './receipt'
import { answer, call } from '../sample'

const usage = { inputTokens: 1000, cachedTokens: 600, outputTokens: 200, reasoningTokens: 50, toolTokens: 0 }
const label = (id: string) => id.toUpperCase()

describe('receiptOf', () => {
  it.each([
    ['an answer without calls', [answer('a', 'q', [])], ['GUIDE in 2.0 s']],
    [
      'one with usage and cost',
      [answer('a', 'q', [call('c')], { usage, cost: { usd: 0.01234 } })],
      [
        'From Northwind',
        '1 call',
        '1 row',
        '12 ms',
        'GUIDE in 2.0 s',
        '1,200 tokens, 600 cached, 50 reasoning',
        'about $0.012',
      ],
    ],
    [
      'one that another model continued, at a price that is not known',
      [answer('a', 'q', [], { usage, cost: { usd: 1 } }), answer('b', 'a', [], { usage, model: 'other' })],
      ['GUIDE, OTHER in 4.0 s', '2,400 tokens, 1,200 cached, 100 reasoning'],
    ],
    [
      'one that was cut off',
      [answer('a', 'q', [], { usage: { ...usage, estimated: true } })],
      ['GUIDE in 2.0 s', 'about 1,200 tokens, 600 cached, 50 reasoning'],
    ],
  ])('sums up %s', (_name, messages, want) => expect(receiptOf(messages, label)).toEqual(want))
})

describe('totalOf', () => {
  it.each([
    ['a thread of one answer', [answer('a', 'q', [], { usage, cost: { usd: 1 } })], []],
    [
      'a thread of two, and one that used nothing',
      [
        answer('a', 'q', [], { usage, cost: { usd: 0.01 } }),
        answer('b', 'q', []),
        answer('c', 'q', [], { usage, cost: { usd: 0.02 } }),
      ],
      ['2,400 tokens, 1,200 cached, 100 reasoning', 'about $0.03'],
    ],
    [
      'a thread of which one price is not known',
      [answer('a', 'q', [], { usage, cost: { usd: 0.01 } }), answer('c', 'q', [], { usage })],
      ['2,400 tokens, 1,200 cached, 100 reasoning'],
    ],
  ])('sums up %s', (_name, messages, want) => expect(totalOf(messages)).toEqual(want))
})
