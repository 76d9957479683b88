// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import type { ThreadSummary } from '@/wire/wire.gen'
import { groupByDay } from './group'

const now = new Date(2026, 2, 18, 14, 5)
const thread = (id: string, at: Date): ThreadSummary => ({
  id,
  title: id,
  archived: false,
  createdAt: at.toISOString(),
  updatedAt: at.toISOString(),
})

describe('groupByDay', () => {
  it('puts each thread under its stretch of time, in the order given', () => {
    const groups = groupByDay(
      [
        thread('now', now),
        thread('after midnight', new Date(2026, 2, 18, 0, 0)),
        thread('before midnight', new Date(2026, 2, 17, 23, 59)),
        thread('two days ago', new Date(2026, 2, 16)),
        thread('seven days ago', new Date(2026, 2, 11)),
        thread('eight days ago', new Date(2026, 2, 10)),
        thread('thirty days ago', new Date(2026, 1, 16)),
        thread('before that', new Date(2026, 1, 15)),
        thread('last year', new Date(2025, 11, 31)),
      ],
      now,
    )
    expect(groups.map(({ name, threads }) => [name, ...threads.map((t) => t.id)])).toEqual([
      ['Today', 'now', 'after midnight'],
      ['Yesterday', 'before midnight'],
      ['Previous 7 days', 'two days ago', 'seven days ago'],
      ['Previous 30 days', 'eight days ago', 'thirty days ago'],
      ['February 2026', 'before that'],
      ['December 2025', 'last year'],
    ])
  })

  it('makes nothing of nothing', () => expect(groupByDay([], now)).toEqual([]))
})
