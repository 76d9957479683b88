import { render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { TooltipProvider } from '@/ui/tooltip'
import { answer, call, question, text } from './sample'
import { stateOf } from './sample-state'
import { show } from './sample-view'
import { Transcript } from './transcript'
import { select, visiblePath, type Selection } from './state/tree'

const q = question('q', '', 'How did sales develop?')

describe('the focus in a thread', () => {
  it('keeps the focus where a version was stepped to', async () => {
    const messages = [
      question('q1', '', 'One'),
      answer('a1', 'q1', [text('t1', 'x')]),
      question('q2', '', 'Two'),
      answer('a2', 'q2', [text('t2', 'x')]),
      answer('a3', 'q2', [text('t3', 'y')]),
    ]
    function Page() {
      const [selection, setSelection] = useState<Selection>({})
      const path = visiblePath(messages, selection)
      const selectBranch = (id: string) => setSelection(select(messages, selection, id))
      return <Transcript thread={stateOf(messages, { path, selectBranch })} />
    }
    const user = userEvent.setup()
    render(<Page />, { wrapper: TooltipProvider })
    const step = (group: number, name: string) => {
      const groups = screen.getAllByRole('group', { name: /^Version/ })
      return within(groups[group] ?? document.body).getByRole('button', { name })
    }
    step(1, 'Earlier version').focus()
    await user.keyboard('{Enter}')
    expect(step(1, 'Earlier version')).toHaveFocus()
    await user.keyboard('{Enter}')
    expect(screen.getAllByRole('group', { name: /^Version/ })[1]).toHaveAccessibleName('Version 1 of 2')
    step(0, 'Earlier version').focus()
    await user.keyboard('{Enter}')
    expect(screen.getByRole('heading', { level: 2 })).toHaveTextContent('One')
    expect(step(0, 'Earlier version')).toHaveFocus()
  })

  it.each([
    { name: 'an edit', button: 'Edit question', keys: ' By year{Enter}' },
    { name: 'a new answer', button: 'Answer again', keys: '' },
    { name: 'going on', button: 'Continue', keys: '' },
  ])('moves the focus to the composer after asking for $name', async ({ button, keys }) => {
    const toComposer = vi.fn<() => void>()
    const { user } = show(
      [q, answer('a', 'q', [text('t', 'x')], { finishReason: 'length' })],
      {},
      { toComposer },
    )
    screen.getByRole('button', { name: button }).focus()
    await user.keyboard(`{Enter}${keys}`)
    expect(toComposer).toHaveBeenCalledOnce()
  })

  it('returns the focus from a given-up edit and from a filter to their buttons', async () => {
    const { user } = show([q, answer('a', 'q', [call('c1')])])
    for (const end of ['{Escape}', '{Tab}{Enter}']) {
      screen.getByRole('button', { name: 'Edit question' }).focus()
      await user.keyboard(`{Enter}${end}`)
      expect(screen.getByRole('button', { name: 'Edit question' })).toHaveFocus()
    }
    await user.click(screen.getByRole('button', { name: /^Call/ }))
    screen.getByRole('button', { name: 'Filter rows' }).focus()
    await user.keyboard('{Enter}{Escape}')
    expect(screen.getByRole('button', { name: 'Filter rows' })).toHaveFocus()
  })
})
