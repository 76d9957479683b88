import { describe, expect, it } from 'vitest'
import type { Message, ToolPart } from '@/wire/wire.gen'
import { callState, waitingCalls, type CallState } from './call-state'
import { answer, call } from '../sample'

const { output: _, durationMs: __, ...rest } = call('c')
const open = (fields: Partial<ToolPart>): ToolPart => ({ ...rest, state: 'input-available', ...fields })
const asked = open({ state: 'approval-requested', approval: { id: 'a' } })
const question = open({ elicitation: { id: 'e', message: 'Which?' } })

describe('callState', () => {
  it.each<[CallState, string, ToolPart]>([
    ['writing', 'whose arguments stream', open({ state: 'input-streaming' })],
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
      'question',
      'whose server asked before a restart',
      { ...question, state: 'waiting', wait: { for: 'answer', times: 1 } },
    ],
    ['connect', 'whose server wants a login', open({ state: 'waiting', wait: { for: 'connect', times: 1 } })],
    ['token', 'that wants another token', open({ state: 'waiting', wait: { for: 'token', times: 1 } })],
    [
      'running',
      'whose server was answered',
      open({ elicitation: { id: 'e', message: '?', action: 'decline' } }),
    ],
    ['done', 'with a result', call('c')],
    ['failed', 'whose tool failed', call('c', { output: { text: 'no', isError: true } })],
    ['failed', 'that failed', open({ state: 'output-error', errorText: 'no', durationMs: 3 })],
    [
      'stopped',
      'that the person stopped',
      open({ state: 'output-error', errorKind: 'stopped', durationMs: 3 }),
    ],
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
  ])('is %s for one %s', (want, _name, part) => expect(callState(part, 'running')).toBe(want))

  const streaming = open({ state: 'input-streaming' })
  const unanswered = open({ state: 'output-error' })
  it.each<[CallState, string, Message['status'], ToolPart]>([
    ['lost', 'failed, for one that ran', 'failed', open({})],
    ['lost', 'finished, for one that ran', 'finished', open({})],
    ['lost', 'failed, for one whose arguments streamed', 'failed', streaming],
    ['lost', 'failed, for one that waited for a word', 'failed', asked],
    ['lost', 'failed, for one whose server asked', 'failed', question],
    ['stopped', 'stopped, for one that ran', 'stopped', open({})],
    ['stopped', 'stopped, for one that was closed by that', 'stopped', unanswered],
    ['failed', 'stopped, for one that had failed before', 'stopped', { ...unanswered, durationMs: 3 }],
    ['failed', 'failed, for one that was closed by that', 'failed', unanswered],
    ['done', 'failed, for one with a result', 'failed', call('c')],
    ['denied', 'failed, for one that was not allowed', 'failed', open({ state: 'output-denied' })],
  ])('is %s in an answer that has %s', (want, _name, status, part) => {
    expect(callState(part, status)).toBe(want)
  })
})

it('waitingCalls finds what waits for the person, while the answer is written', () => {
  const parts = [call('c'), asked, open({}), question]
  expect(waitingCalls(answer('a', 'q', parts, { status: 'running' }))).toEqual([asked, question])
  expect(waitingCalls(answer('a', 'q', parts))).toEqual([])
  expect(waitingCalls(undefined)).toEqual([])
})
