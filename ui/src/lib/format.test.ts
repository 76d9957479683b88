// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { daysBetween, formatCount, formatMonth, formatSize, formatTime, formatWhen } from './format'

const now = new Date(2026, 2, 18, 14, 5)

describe('formatWhen', () => {
  it.each([
    ['this morning', new Date(2026, 2, 18, 0, 1), '00:01'],
    ['a moment from now, by a clock that is ahead', new Date(2026, 2, 18, 14, 6), '14:06'],
    ['last night', new Date(2026, 2, 17, 23, 59), 'Tue'],
    ['six days ago', new Date(2026, 2, 12, 15), 'Thu'],
    ['a week ago', new Date(2026, 2, 11, 15), '11 Mar'],
    ['last year', new Date(2025, 10, 12), '12 Nov 2025'],
  ])('writes %s briefly', (_name, at, want) => expect(formatWhen(at, now)).toBe(want))
})

describe('daysBetween', () => {
  it('counts midnights, not hours, across a change of the clocks', () => {
    expect(daysBetween(new Date(2026, 2, 28, 23), new Date(2026, 2, 30, 1))).toBe(2)
  })
})

describe('formatSize', () => {
  it.each([
    [1, '1 KB'],
    [262_144, '256 KB'],
    [262_145, '257 KB'],
    [1024 * 1024, '1 MB'],
    [1024 * 1024 + 1, '1.1 MB'],
  ])('writes %i bytes as %s', (bytes, want) => expect(formatSize(bytes)).toBe(want))
})

it('writes numbers, times and months', () => {
  expect([formatCount(12_345), formatTime(now), formatMonth(now)]).toEqual(['12,345', '14:05', 'March 2026'])
})
