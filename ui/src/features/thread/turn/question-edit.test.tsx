import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { ApiError } from '@/lib/api'
import { answer, question, text } from '../sample'
import { show } from '../sample-view'
import type { ThreadState } from '../state/use-thread'

const q = question('q', '', 'How did sales develop?')

describe('an edited question', () => {
  it('is asked beside the old one', async () => {
    const send = vi.fn<ThreadState['send']>(() => Promise.resolve())
    const { user } = show([q, answer('a', 'q', [text('t', 'x')])], { send })
    await user.click(screen.getByRole('button', { name: 'Edit question' }))
    const box = screen.getByRole('textbox', { name: 'Your question' })
    expect(screen.getByRole('button', { name: 'Ask again' })).toBeDisabled()
    await user.type(box, ' By year{Enter}')
    expect(send).toHaveBeenCalledWith('How did sales develop? By year', { parentId: '' })
    expect(screen.queryByRole('textbox')).not.toBeInTheDocument()
  })

  it('is kept until it is taken, and says what stood in the way', async () => {
    let taken = false
    const send = vi.fn<ThreadState['send']>(() =>
      taken
        ? Promise.resolve()
        : Promise.reject(
            new ApiError({ title: 'No answer', status: 0, detail: 'The server did not answer.' }),
          ),
    )
    const { user } = show([q, answer('a', 'q', [text('t', 'x')])], { send })
    await user.click(screen.getByRole('button', { name: 'Edit question' }))
    const field = screen.getByRole('textbox', { name: 'Your question' })
    await user.type(field, ' Briefly.{Enter}')
    expect(await screen.findByText('The server did not answer.')).toBeInTheDocument()
    expect(field).toHaveValue('How did sales develop? Briefly.')
    expect(field).toHaveFocus()
    taken = true
    await user.keyboard('{Enter}')
    await waitFor(() => expect(field).not.toBeInTheDocument())
    expect(send.mock.calls).toEqual([
      ['How did sales develop? Briefly.', { parentId: '' }],
      ['How did sales develop? Briefly.', { parentId: '' }],
    ])
  })

  it('is not sent if it is too long, and loses nothing', async () => {
    const send = vi.fn<ThreadState['send']>(() => Promise.resolve())
    const { user } = show([q, answer('a', 'q', [text('t', 'x')])], { send })
    await user.click(screen.getByRole('button', { name: 'Edit question' }))
    const field = screen.getByRole('textbox', { name: 'Your question' })
    await user.click(field)
    await user.paste('x'.repeat(1000))
    expect(screen.getByText(/^This question is 1 KB long, and 1 KB is the most/)).toBeInTheDocument()
    expect(screen.getByRole('button', { name: 'Ask again' })).toBeDisabled()
    await user.keyboard('{Enter}')
    expect(send).not.toHaveBeenCalled()
  })

  it('is forgotten on Escape', async () => {
    const { user } = show([q])
    await user.click(screen.getByRole('button', { name: 'Edit question' }))
    await user.type(screen.getByRole('textbox'), 'x{Escape}')
    expect(screen.getByRole('heading', { level: 2 })).toHaveTextContent('How did sales develop?')
  })
})
