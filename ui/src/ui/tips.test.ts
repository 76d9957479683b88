import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { newTips, restTime } from './tips'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** Two tips and what has become of them, in order. */
function twoTips() {
  const log: string[] = []
  const tip = (name: string) => ({
    show: () => void log.push(`${name} comes`),
    hide: () => void log.push(`${name} goes`),
  })
  return { tips: newTips(), a: tip('a'), b: tip('b'), log }
}

describe('a tooltip', () => {
  it('comes when the pointer has rested, and goes a moment after it has left', () => {
    const { tips, a, log } = twoTips()
    tips.hover(a)
    vi.advanceTimersByTime(restTime - 1)
    expect(log).toEqual([])
    vi.advanceTimersByTime(1)
    expect(log).toEqual(['a comes'])
    tips.leave(a)
    expect(log).toEqual(['a comes'])
    vi.runAllTimers()
    expect(log).toEqual(['a comes', 'a goes'])
  })

  it('does not come for a pointer that passes by', () => {
    const { tips, a, log } = twoTips()
    tips.hover(a)
    tips.leave(a)
    vi.runAllTimers()
    expect(log).toEqual([])
  })

  it('stays while the pointer is on it', () => {
    const { tips, a, log } = twoTips()
    tips.focus(a)
    tips.leave(a)
    tips.stay()
    vi.runAllTimers()
    expect(log).toEqual(['a comes'])
  })

  it('follows another at once, and takes its place', () => {
    const { tips, a, b, log } = twoTips()
    tips.focus(a)
    tips.leave(a)
    tips.hover(b)
    vi.runAllTimers()
    expect(log).toEqual(['a comes', 'a goes', 'b comes'])
  })

  it('follows another at once shortly after that has gone, and not later', () => {
    const { tips, a, b, log } = twoTips()
    tips.focus(a)
    tips.drop(a)
    vi.advanceTimersByTime(150)
    tips.hover(b)
    expect(log).toEqual(['a comes', 'a goes', 'b comes'])
    tips.drop(b)
    vi.advanceTimersByTime(250)
    tips.hover(a)
    expect(log).toEqual(['a comes', 'a goes', 'b comes', 'b goes'])
  })

  it('is forgotten with its button, shown or still to come', () => {
    const { tips, a, b, log } = twoTips()
    tips.hover(a)
    tips.drop(a)
    vi.runAllTimers()
    tips.focus(b)
    tips.drop(a)
    tips.drop(b)
    expect(log).toEqual(['b comes', 'b goes'])
  })
})
