import { act, screen, waitFor } from '@testing-library/react'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Message } from '@/wire/wire.gen'
import type { LiveMessage } from './state/live-run'
import { answer, call, question, text } from './sample'
import { show } from './sample-view'

// The parts that the page loads later are here from the start, so that a test
// waits for nothing that it is not about.
beforeAll(async () => {
  await Promise.all([import('./prose/markdown'), import('./table/data-table')])
})

const q = question('q', '', 'How did sales develop?')

const announced = () => document.querySelector('[data-announces]')?.textContent

describe('Transcript, while an answer is written', () => {
  const begun = answer('a', 'q', [], { status: 'running' })
  const store = () => {
    let message: Message | undefined
    const listeners = new Set<() => void>()
    const live: LiveMessage = {
      runId: 'run.a',
      get: () => message,
      subscribe: (l) => {
        listeners.add(l)
        return () => listeners.delete(l)
      },
    }
    const set = (next: Message) => {
      message = next
      for (const l of listeners) l()
    }
    return { live, set }
  }

  it('follows the store, and works until there are words', async () => {
    const { live, set } = store()
    show([q, begun], { live, running: true })
    expect(screen.getByText(/^Working for \d+:\d\d/)).toBeInTheDocument()
    const { output: _, durationMs: __, ...rest } = call('c')
    const running = { ...rest, state: 'input-available' as const }
    set({ ...begun, parts: [running] })
    expect(await screen.findByText(/One call runs\./)).toBeInTheDocument()
    set({
      ...begun,
      parts: [call('c'), { type: 'text', id: 't', step: 2, text: 'Half a **wor', state: 'streaming' }],
    })
    expect(await screen.findByText('wor')).toBeInTheDocument()
    expect(screen.queryByText(/^Working/)).not.toBeInTheDocument()
  })

  it('says under a failed call that the answer goes on, until it has ended', async () => {
    const { live, set } = store()
    const failed = call('c', { output: { text: 'no such table', isError: true } })
    const { update } = show([q, begun], { live, running: true })
    set({ ...begun, parts: [failed] })
    expect(await screen.findByText('The answer goes on below.')).toBeInTheDocument()
    update([q, answer('a', 'q', [failed, text('t', 'End')])])
    expect(screen.queryByText('The answer goes on below.')).not.toBeInTheDocument()
    expect(screen.getByText('no such table')).toBeInTheDocument()
  })

  it('keeps open what was opened when the answer is done', async () => {
    const { live, set } = store()
    const { user, update } = show([q, begun], { live, running: true })
    set({ ...begun, parts: [call('c')] })
    await user.click(await screen.findByRole('button', { name: /^Call/ }))
    expect(await screen.findByRole('table')).toBeInTheDocument()
    update([q, answer('a', 'q', [call('c'), text('t', 'End')])])
    expect(screen.getByRole('table')).toBeInTheDocument()
    expect(screen.getByRole('button', { name: 'Answer again' })).toBeEnabled()
  })

  it('says when the connection is lost, and no more than it can know', () => {
    show([q, begun], { live: store().live, running: true, connection: 'reconnecting' })
    expect(screen.getByText('The connection is lost.').parentElement).toHaveTextContent(
      'The connection is lost. If the server is still there, the answer goes on and catches up here.',
    )
  })

  it('lets nobody ask in between', () => {
    show([q, answer('z', 'q', [text('t', 'x')]), question('q2', 'z', 'On'), { ...begun, parentId: 'q2' }], {
      live: store().live,
      running: true,
    })
    for (const name of ['Edit question', 'Answer again']) {
      for (const button of screen.getAllByRole('button', { name })) expect(button).toBeDisabled()
    }
  })

  it('keeps an edit that was begun before', async () => {
    const { user, update } = show([q, answer('z', 'q', [text('t', 'x')])])
    await user.click(screen.getByRole('button', { name: 'Edit question' }))
    await user.keyboard(' By year')
    update([q, answer('z', 'q', [text('t', 'x')]), begun], { live: store().live, running: true })
    expect(screen.getByRole('textbox')).toHaveValue('How did sales develop? By year')
    expect(screen.getByRole('button', { name: 'Ask again' })).toBeDisabled()
  })

  it('announces the start and the end, and not what was there before', async () => {
    const { live } = store()
    const { update } = show([q, answer('z', 'q', [text('t', 'x')])])
    expect(announced()).toBe('')
    update([q, begun], { live, running: true })
    expect(announced()).toBe('Answering.')
    update([q, { ...begun, status: 'failed', failure: { kind: 'limit', message: 'Too many steps.' } }])
    await waitFor(() => expect(announced()).toBe('No answer. Too many steps.'))
  })

  it('announces nothing of the words that come, and that the connection is lost', () => {
    const { live, set } = store()
    const { update } = show([q, begun], { live, running: true })
    const place = document.querySelector('[data-announces]')
    const changes = vi.fn<() => void>()
    if (place)
      new MutationObserver(changes).observe(place, { characterData: true, childList: true, subtree: true })
    for (let words = 1; words <= 100; words++) {
      act(() =>
        set({
          ...begun,
          parts: [{ type: 'text', id: 't', step: 1, text: 'word '.repeat(words), state: 'streaming' }],
        }),
      )
    }
    expect(screen.getByText(/^word word/).closest('[aria-live]')).toHaveAttribute('aria-live', 'off')
    expect(announced()).toBe('Answering.')
    expect(changes).not.toHaveBeenCalled()
    update([q, begun], { live, running: true, connection: 'reconnecting' })
    expect(announced()).toBe('The connection is lost. The answer catches up when it is back.')
  })
})
