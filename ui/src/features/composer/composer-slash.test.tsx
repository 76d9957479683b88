import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createRef } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { ApiError } from '@/lib/api'
import type { PromptGroup, PromptSource } from '@/lib/prompts'
import { TooltipProvider } from '@/ui/tooltip'
import { Composer } from './composer'
import type { ComposerHandle } from './composer-props'

const desk: PromptGroup = {
  server: 'desk',
  name: 'Desk',
  state: 'ready',
  completes: true,
  prompts: [
    { name: 'greet', title: 'Greet somebody', arguments: [{ name: 'who', required: true }, { name: 'how' }] },
    { name: 'part', title: 'Say goodbye', arguments: [] },
    { name: 'muse', arguments: [{ name: 'about' }] },
  ],
}

const refused = new ApiError({ title: 'No', status: 422, kind: 'invalid', detail: 'Desk refused: not him.' })

function open(source: Partial<PromptSource> = {}) {
  const sent: string[] = []
  const asked: unknown[] = []
  const prompts: PromptSource = {
    groups: [desk],
    want: vi.fn<() => void>(),
    render: async (_server, { name, arguments: given }) => {
      asked.push(given)
      if (given?.['who'] === 'Bob') throw refused
      return [{ role: 'user', text: `${name} ${given?.['who'] ?? ''}`.trim() }]
    },
    complete: async (_server, { value, context }) => ({
      values: ['Ann', 'Anton', 'Bob'].filter((who) => who.startsWith(value)).concat(context?.['how'] ?? []),
    }),
    ...source,
  }
  const ref = createRef<ComposerHandle>()
  render(
    <TooltipProvider>
      <Composer
        ref={ref}
        draft={null}
        placeholder=""
        running={false}
        maxText={1000}
        prompts={prompts}
        onSend={async (text) => void sent.push(text)}
        onStop={async () => undefined}
      />
    </TooltipProvider>,
  )
  const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' })
  return { field, sent, asked, prompts, handle: ref, user: userEvent.setup() }
}

describe('prompts in the composer', () => {
  it('are listed by server, and the field says which one Enter takes', async () => {
    const { field, user, prompts } = open()
    await user.type(field, '/')
    const list = await screen.findByRole('listbox')
    expect(list).toHaveTextContent(
      /^DeskGreet somebody\/greet who \[how\]Say goodbye\/partmuse\/muse \[about\]$/,
    )
    await user.keyboard('{ArrowDown}')
    const second = screen.getByRole('option', { name: /^Say goodbye/ })
    expect(second).toHaveAttribute('aria-selected', 'true')
    expect([field.getAttribute('aria-activedescendant'), field.getAttribute('aria-controls')]).toEqual([
      second.id,
      list.id,
    ])
    expect(prompts.want).toHaveBeenCalled()
  })

  it('come into the field, and are not sent', async () => {
    const { field, user, sent } = open()
    await user.type(field, '/part')
    await screen.findByRole('listbox')
    await user.keyboard('{Enter}')
    await waitFor(() => expect(field).toHaveValue('part'))
    expect([sent, document.activeElement]).toEqual([[], field])
    expect(screen.queryByRole('listbox')).toBeNull()
  })

  it('ask for what they require, with the server’s help, and say what it refuses', async () => {
    const { field, user, asked } = open()
    await user.type(field, '/greet')
    await screen.findByRole('listbox')
    await user.keyboard('{Enter}')
    const who = await screen.findByRole('combobox', { name: 'who' })
    expect(who).toHaveFocus()
    await user.keyboard('{Enter}')
    expect(who).toBeInvalid()
    await user.keyboard('B')
    await user.click(await screen.findByRole('option', { name: 'Bob' }))
    await user.keyboard('{Enter}')
    expect(await screen.findByRole('alert')).toHaveTextContent('Desk refused: not him.')
    await user.clear(who)
    await user.keyboard('An')
    await screen.findByRole('option', { name: 'Anton' })
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}')
    expect(who).toHaveValue('Anton')
    await user.keyboard('{Enter}')
    await waitFor(() => expect(field).toHaveValue('greet Anton'))
    expect(asked).toEqual([{ who: 'Bob' }, { who: 'Anton' }])
  })

  it('leave a text that only looks like one to be sent', async () => {
    const { field, user, sent } = open()
    await user.type(field, '/usr/bin')
    await screen.findByText(/^No prompt is called so/)
    await user.keyboard('{Enter}')
    expect(sent).toEqual(['/usr/bin'])
  })

  it('are begun from elsewhere: after what is written, asking only for what is required', async () => {
    const { field, user, handle } = open()
    await user.type(field, 'Please')
    handle.current?.prompt('desk', 'muse')
    await waitFor(() => expect(field).toHaveValue('Please\n\nmuse'))
    handle.current?.prompt('desk', 'greet')
    await screen.findByRole('combobox', { name: 'who' })
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    expect([field.value, document.activeElement]).toEqual(['Please\n\nmuse', field])
  })

  it.each<[string, PromptGroup[], RegExp]>([
    ['they are loading', [{ ...desk, state: 'loading', prompts: [] }], /^Loading the prompts of Desk…$/],
    [
      'they failed',
      [{ ...desk, state: 'failed', problem: 'It is down.', prompts: [] }],
      /^The prompts of Desk could not be loaded. It is down.$/,
    ],
    ['there are none', [], /^No server that is in use here offers prompts.$/],
  ])('say that %s', async (_name, groups, said) => {
    const { field, user } = open({ groups })
    await user.type(field, '/')
    expect(await screen.findByText(said)).toBeVisible()
  })
})
