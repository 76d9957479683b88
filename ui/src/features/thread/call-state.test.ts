import { describe, expect, it } from 'vitest'
import type { ToolPart } from '@/wire/wire.gen'
import { callState, waitingCalls, type CallState } from './call-state'
import { answer, call } from './sample'

const { output: _, durationMs: __, ...rest } = call('c')
const open = (fields: Partial<ToolPart>): ToolPart => ({ ...rest, state: 'input-available', ...fields })
const asked = open({ state: 'approval-requested', approval: { id: 'a' } })
const question = open({ elicitation: { id: 'e', message: 'Which?' } })

describe('callState', () => {
  it.each<[CallState, string, ToolPart]>([
    ['running', 'whose arguments stream', open({ state: 'input-streaming' })],
    ['running', 'that its server has', open({})],
    ['approval', 'that waits for a word', asked],
    [
      'running',
      'that was allowed',
      open({ state: 'approval-responded', approval: { id: 'a', approved: true } }),
    ],
    ['denied', 'that was not', open({ state: 'approval-responded', approval: { id: 'a', approved: false } })],
    ['denied', 'that was not, at its end', open({ state: 'output-denied' })],
    ['question', 'whose server asks', question],
    ['question', 'that was allowed, and whose server asks', { ...question, state: 'approval-responded' }],
    [
      'running',
      'whose server was answered',
      open({ elicitation: { id: 'e', message: '?', action: 'decline' } }),
    ],
    ['done', 'with a result', call('c')],
    ['failed', 'whose tool failed', call('c', { output: { text: 'no', isError: true } })],
    ['failed', 'that failed', open({ state: 'output-error', errorText: 'no', durationMs: 3 })],
    [
      'failed',
      'that was forbidden by nobody who has a number',
      open({ state: 'output-error', errorKind: 'forbidden' }),
    ],
    [
      'blocked',
      'that the gateway forbade',
      open({ state: 'output-error', errorKind: 'forbidden', trace: { requestId: 'r' } }),
    ],
  ])('is %s for one %s', (want, _name, part) => expect(callState(part, false)).toBe(want))

  it('is stopped for one without a result in an answer that was stopped', () => {
    expect(callState(open({ state: 'output-error' }), true)).toBe('stopped')
    expect(callState(open({ state: 'output-error', durationMs: 3 }), true)).toBe('failed')
  })
})

it('waitingCalls finds what waits for the person', () => {
  expect(waitingCalls(answer('a', 'q', [call('c'), asked, open({}), question]))).toEqual([asked, question])
  expect(waitingCalls(undefined)).toEqual([])
})
