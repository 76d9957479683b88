// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { due, hold, isQueue, type Ended, type Queue, type Queued } from './queue'

const now = Date.parse('2026-11-27T12:00:00Z')
const item = (id: string, more: Partial<Queued> = {}): Queued => ({ id, text: id, attached: [], ...more })
const ended = (status: Ended['status'], at = '2026-11-27T11:59:30Z'): Ended => ({ id: 'a1', status, at })

describe('what is due once no answer is being written', () => {
  it.each<[string, Queue, Ended | undefined, boolean, ReturnType<typeof due>]>([
    ['nothing waits', { items: [] }, ended('finished'), true, null],
    ['the answer is finished', { items: [item('q')] }, ended('finished'), true, 'send'],
    ['it was stopped', { items: [item('q')] }, ended('stopped'), true, 'stopped'],
    ['it failed', { items: [item('q')] }, ended('failed'), true, 'failed'],
    ['nobody knows how it ended', { items: [item('q')] }, undefined, true, null],
    [
      'the first is held',
      { items: [item('q', { held: 'stopped' }), item('r')] },
      ended('finished'),
      true,
      null,
    ],
    [
      'one was sent after that answer already',
      { items: [item('q')], after: 'a1' },
      ended('finished'),
      true,
      null,
    ],
    [
      'one was sent after an earlier one',
      { items: [item('q')], after: 'a0' },
      ended('finished'),
      true,
      'send',
    ],
    [
      'a tab is sending, or was',
      { items: [item('q', { sending: true })], after: 'a1' },
      ended('finished'),
      true,
      'send',
    ],
    ['the page was loaded again in between', { items: [item('q')] }, ended('finished'), false, 'send'],
    [
      'it is opened much later',
      { items: [item('q')] },
      ended('finished', '2026-11-27T11:50:00Z'),
      false,
      'away',
    ],
  ])('%s', (_name, queue, end, seen, want) => expect(due(queue, end, seen, now)).toBe(want))
})

it('holds what is not held yet', () => {
  expect(hold({ items: [item('q', { held: 'failed' }), item('r')], after: 'a1' }, 'stopped')).toEqual({
    items: [item('q', { held: 'failed' }), item('r', { held: 'stopped' })],
    after: 'a1',
  })
})

it.each<[string, unknown, boolean]>([
  ['what it stored', { items: [item('q')], after: 'a1' }, true],
  ['rubbish', { items: [{ id: 1 }] }, false],
  ['nothing', null, false],
])('recognises %s', (_name, value, want) => expect(isQueue(value)).toBe(want))
