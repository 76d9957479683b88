import { act, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ApiProblem } from '@/lib/api'
import { TooltipProvider } from '@/ui/tooltip'
import { ComposerNotice } from './composer-notice'

const now = new Date('2026-03-18T09:00:00Z')
beforeEach(() => vi.useFakeTimers({ now }))
afterEach(() => vi.useRealTimers())

it('offers to send again when the limit lets it, and counts until then', async () => {
  const retry = vi.fn<() => void>()
  const problem: ApiProblem = {
    title: 'Too Many Requests',
    status: 429,
    kind: 'limit',
    detail: 'You asked more than 30 times in a minute.',
    retryAt: now.getTime() + 12_000,
  }
  render(
    <TooltipProvider>
      <ComposerNotice problem={problem} during="send" onRetry={retry} onDismiss={() => undefined} />
    </TooltipProvider>,
  )
  const button = screen.getByRole('button', { name: 'Try again in 12 s' })
  fireEvent.click(button)
  await act(() => vi.advanceTimersByTimeAsync(11_000))
  expect(button).toHaveTextContent('Try again in 1 s')
  expect(retry).not.toHaveBeenCalled()
  await act(() => vi.advanceTimersByTimeAsync(1_000))
  expect(button).toHaveTextContent('Try again')
  fireEvent.click(button)
  expect(retry).toHaveBeenCalledOnce()
})
