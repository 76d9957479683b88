// @vitest-environment jsdom
import { render } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Message, ThreadSummary } from '@/wire/wire.gen'
import { Marked } from './marked'
import { ThreadState } from './thread-state'
import { newestEnd } from './use-seen'

const at = new Date(2026, 2, 18, 14, 5)
const thread: ThreadSummary = {
  id: 't',
  title: 'Sales by year',
  archived: false,
  createdAt: at.toISOString(),
  updatedAt: at.toISOString(),
}

describe('ThreadState', () => {
  it.each<[string, Partial<ThreadSummary>, string]>([
    ['tells the time', {}, '14:05'],
    ['has a ring while an answer is written', { activeRunId: 'r' }, 'Running'],
    ['says when the thread waits for the person', { activeRunId: 'r', waiting: true }, 'Waits for you'],
    ['says what was not seen', { unread: true }, '14:05 Unread'],
    ['does not, while more is written', { unread: true, activeRunId: 'r' }, 'Running'],
  ])('%s', (_, more, name) => {
    const view = render(
      <a href="/t">
        <ThreadState thread={{ ...thread, ...more }} now={at} showTime />
      </a>,
    )
    expect(view.getByRole('link')).toHaveAccessibleName(name)
  })
})

describe('Marked', () => {
  it('marks what was found, and leaves out what does not fit', () => {
    const spans = [
      { start: 3, end: 8 },
      { start: 5, end: 9 },
      { start: 12, end: 99 },
    ]
    const { container } = render(<Marked text="🧀 sales of cheese" spans={spans} />)
    expect(container.innerHTML).toBe('🧀 <mark>sales</mark> of cheese')
  })
})

describe('newestEnd', () => {
  it('is that of the answer that ended last, as it was written', () => {
    const ends = ['2026-03-18T14:05:00.123456Z', '2026-03-18T14:05:01Z', '2026-03-18T14:04:00Z', undefined]
    const path = ends.map<Message>((endedAt) => ({
      id: 'm',
      parentId: '',
      role: 'assistant',
      parts: [],
      status: 'finished',
      createdAt: at.toISOString(),
      ...(endedAt === undefined ? {} : { endedAt }),
    }))
    expect([newestEnd(path), newestEnd([])]).toEqual(['2026-03-18T14:05:01Z', undefined])
  })
})
