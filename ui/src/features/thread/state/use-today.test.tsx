import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useToday } from './use-today'

beforeEach(() => vi.useFakeTimers({ now: new Date(2026, 0, 2, 23, 59) }))
afterEach(() => vi.useRealTimers())

const day = (today: Date) => today.getDate()

describe('useToday', () => {
  it('is another day after midnight, night after night', () => {
    const { result } = renderHook(useToday)
    expect(day(result.current)).toBe(2)
    act(() => vi.advanceTimersByTime(61_000))
    expect(day(result.current)).toBe(3)
    act(() => vi.advanceTimersByTime(24 * 3_600_000))
    expect(day(result.current)).toBe(4)
  })

  it('is another day when a page is looked at again that slept', () => {
    const { result } = renderHook(useToday)
    vi.setSystemTime(new Date(2026, 0, 5, 9))
    act(() => void document.dispatchEvent(new Event('visibilitychange')))
    expect(day(result.current)).toBe(5)
  })
})
