import { describe, expect, it } from 'vitest'
import { answer, call, question, reasoning, text } from './sample'
import { segmentsOf, textOf, turnsOf } from './turns'

describe('turnsOf', () => {
  it('pairs questions with answers and counts calls through the thread', () => {
    const q1 = question('q1', '', 'one')
    const a1 = answer('a1', 'q1', [call('c1'), text('t', 'x'), call('c2')])
    const q2 = question('q2', 'a1', 'two')
    const a2 = answer('a2', 'q2', [call('c3')])
    const q3 = question('q3', 'a2', 'three')
    expect(turnsOf([q1, a1, q2, a2, q3])).toEqual([
      { key: 'q1', question: q1, answer: a1, callsBefore: 0 },
      { key: 'q2', question: q2, answer: a2, callsBefore: 2 },
      { key: 'q3', question: q3, answer: undefined, callsBefore: 3 },
    ])
  })
})

const summary = (segments: ReturnType<typeof segmentsOf>) =>
  segments.map((s) => {
    if (s.kind === 'ledger') return `ledger ${s.calls.map((c) => c.number).join(' ')}`
    return s.kind === 'thought' ? `thought ×${s.parts.length}` : `text ${s.part.id}`
  })

describe('segmentsOf', () => {
  it('keeps text and evidence in the order in which they happened', () => {
    const parts = [
      reasoning('r', 'Hm'),
      call('c1'),
      call('c2'),
      text('t1', 'So'),
      call('c3'),
      text('t2', 'End'),
    ]
    expect(summary(segmentsOf(parts, 4))).toEqual([
      'thought ×1',
      'ledger 5 6',
      'text t1',
      'ledger 7',
      'text t2',
    ])
  })

  it('lets nothing that is empty tear a ledger apart', () => {
    const parts = [call('c1'), reasoning('r', ''), text('t', '\n'), call('c2')]
    expect(summary(segmentsOf(parts, 0))).toEqual(['ledger 1 2'])
  })

  it('joins neighbouring thoughts', () => {
    expect(summary(segmentsOf([reasoning('a', 'x'), reasoning('b', 'y')], 0))).toEqual(['thought ×2'])
  })
})

describe('textOf', () => {
  it('is the prose alone', () => {
    expect(textOf(answer('a', 'q', [text('1', 'One '), call('c'), text('2', ''), text('3', 'Two')]))).toBe(
      'One\n\nTwo',
    )
  })
})
