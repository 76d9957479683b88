import { act, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Message } from '@/wire/wire.gen'
import { answer, question } from '../sample'
import { show } from '../sample-view'

const end = '2026-03-18T09:00:00Z'
beforeEach(() => vi.useFakeTimers({ now: new Date('2026-03-18T09:00:05Z') }))
afterEach(() => vi.useRealTimers())

const busy = (parts: Message['parts'], retryAfter?: number) =>
  answer('a', 'q', parts, {
    status: 'failed',
    endedAt: end,
    failure: {
      kind: 'provider_busy',
      message: 'OpenAI is busy. Try again in 17 seconds.',
      ...(retryAfter === undefined ? {} : { retryAfter }),
    },
  })

const said = () => screen.getAllByRole('button').map((b) => b.textContent)

describe('an answer that a busy provider did not give', () => {
  it('can be asked for again once the time has come that the provider told', async () => {
    const regenerate = vi.fn<(id: string) => Promise<void>>(() => Promise.resolve())
    show([question('q', '', 'Sales?'), busy([], 17)], { regenerate })
    const again = screen.getByRole('button', { name: 'Try again in 12 s' })
    fireEvent.click(again)
    expect(regenerate).not.toHaveBeenCalled()
    await act(() => vi.advanceTimersByTimeAsync(12_000))
    expect(again).toHaveTextContent('Try again')
    fireEvent.click(again)
    expect(regenerate).toHaveBeenCalledOnce()
  })

  it('waits to go on with half of one', () => {
    show([
      question('q', '', 'Sales?'),
      busy([{ type: 'text', id: 't', step: 1, text: 'Half', state: 'done' }], 17),
    ])
    expect(said()).toEqual(expect.arrayContaining(['Continue in 12 s', 'Start over']))
    expect(screen.getByRole('button', { name: 'Start over' })).toHaveAttribute('aria-disabled', 'true')
  })

  it('can be asked for at once where no time was told', () => {
    show([question('q', '', 'Sales?'), busy([])])
    expect(screen.getByRole('button', { name: 'Try again' })).toHaveAttribute('aria-disabled', 'false')
  })
})
