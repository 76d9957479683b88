import { describe, expect, it } from 'vitest'
import type { Part } from '@/wire/wire.gen'
import { answer, call, question, reasoning, text } from '../sample'
import { segmentsOf, textOf, turnsOf } from './turns'

describe('turnsOf', () => {
  it('pairs questions with answers and counts calls through the thread', () => {
    const q1 = question('q1', '', 'one')
    const a1 = answer('a1', 'q1', [call('c1'), text('t', 'x'), call('c2')])
    const q2 = question('q2', 'a1', 'two')
    const a2 = answer('a2', 'q2', [call('c3')])
    const q3 = question('q3', 'a2', 'three')
    expect(turnsOf([q1, a1, q2, a2, q3])).toEqual([
      { key: 'q1', question: q1, answers: [{ message: a1, callsBefore: 0 }] },
      { key: 'q2', question: q2, answers: [{ message: a2, callsBefore: 2 }] },
      { key: 'q3', question: q3, answers: [] },
    ])
  })

  it('puts an answer and what continues it into one turn', () => {
    const q1 = question('q1', '', 'one')
    const a1 = answer('a1', 'q1', [call('c1'), text('t', 'x')], { status: 'stopped' })
    const a2 = answer('a2', 'a1', [call('c2')], { status: 'failed' })
    const a3 = answer('a3', 'a2', [text('u', 'y')])
    const q2 = question('q2', 'a3', 'two')
    expect(turnsOf([q1, a1, a2, a3, q2])).toEqual([
      {
        key: 'q1',
        question: q1,
        answers: [
          { message: a1, callsBefore: 0 },
          { message: a2, callsBefore: 1 },
          { message: a3, callsBefore: 2 },
        ],
      },
      { key: 'q2', question: q2, answers: [] },
    ])
  })
})

const summary = (segments: ReturnType<typeof segmentsOf>) =>
  segments.map((s) => {
    if (s.kind === 'ledger') return `ledger ${s.calls.map((c) => c.number).join(' ')}`
    if (s.kind === 'thought' || s.kind === 'files') return `${s.kind} ×${s.parts.length}`
    return `${s.kind} ${s.part.id}`
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

describe('segmentsOf, of what else there is', () => {
  const file: Part = {
    type: 'file',
    id: 'f',
    step: 1,
    filename: 'a.csv',
    mediaType: 'text/csv',
    size: 1,
    url: '/api/files/f',
  }
  const source: Part = { type: 'source-url', id: 's', step: 1, url: 'https://example.com' }
  const note: Part = {
    type: 'text',
    id: 'n',
    step: 1,
    text: 'I look it up.',
    state: 'done',
    kind: 'commentary',
  }
  const refusal: Part = { type: 'text', id: 'r', step: 1, text: 'No.', state: 'done', kind: 'refusal' }

  it('puts files after the calls that made them, and before the words about them', () => {
    const parts = [
      note,
      call('c1'),
      file,
      call('c2'),
      { ...file, id: 'g' },
      source,
      text('t', 'See.'),
      refusal,
    ]
    expect(summary(segmentsOf(parts, 0))).toEqual([
      'commentary n',
      'ledger 1 2',
      'files ×2',
      'text t',
      'refusal r',
    ])
  })

  it('shows files at the end, too', () => {
    expect(summary(segmentsOf([file], 0))).toEqual(['files ×1'])
  })

  it('copies no interim notes', () => {
    expect(textOf(answer('a', 'q', [note, text('t', 'Done.'), refusal]))).toBe('Done.\n\nNo.')
  })
})

describe('textOf', () => {
  it('is the prose alone', () => {
    expect(textOf(answer('a', 'q', [text('1', 'One '), call('c'), text('2', ''), text('3', 'Two')]))).toBe(
      'One\n\nTwo',
    )
  })
})
