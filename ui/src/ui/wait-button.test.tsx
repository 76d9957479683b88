import { act, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WaitButton } from './wait-button'

const now = new Date('2026-03-18T09:00:00Z')
beforeEach(() => vi.useFakeTimers({ now }))
afterEach(() => vi.useRealTimers())

function show(until: number | undefined) {
  const press = vi.fn<() => void>()
  render(
    <WaitButton until={until} onClick={press}>
      {(seconds) => (seconds > 0 ? `Again in ${seconds}` : 'Again')}
    </WaitButton>,
  )
  const button = screen.getByRole('button')
  return {
    press,
    click: () => fireEvent.click(button),
    state: () => [button.textContent, button.getAttribute('aria-disabled')],
    pass: (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms)),
  }
}

describe('a button that waits', () => {
  it('counts down, does nothing before, and is offered then', async () => {
    const { press, click, state, pass } = show(now.getTime() + 2_500)
    expect(state()).toEqual(['Again in 3', 'true'])
    click()
    await pass(1_000)
    expect(state()).toEqual(['Again in 2', 'true'])
    expect(press).not.toHaveBeenCalled()
    await pass(2_000)
    expect(state()).toEqual(['Again', 'false'])
    click()
    expect(press).toHaveBeenCalledOnce()
    expect(vi.getTimerCount()).toBe(0)
  })

  it.each([
    ['nothing to wait for', undefined],
    ['a moment that is past', now.getTime() - 1],
  ])('is offered at once with %s', (_name, until) => {
    const { press, click, state } = show(until)
    expect(state()).toEqual(['Again', 'false'])
    click()
    expect(press).toHaveBeenCalledOnce()
  })
})
