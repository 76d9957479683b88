import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { message, open } from '../dev/open'

beforeAll(async () => {
  await Promise.all([import('@/features/palette/palette'), import('@/features/palette/help-sheet')])
})
afterEach(() => vi.unstubAllGlobals())

const field = () => screen.findByRole('combobox', { name: 'Search threads and commands' })
const options = () => screen.getAllByRole('option').map((o) => o.textContent)
const active = () => {
  const id = screen.getByRole('combobox').getAttribute('aria-activedescendant') ?? ''
  return document.getElementById(id)?.textContent
}

describe('the command palette', () => {
  it('opens with a key over the newest threads and what can be done, and gives the focus back', async () => {
    const { user } = await open()
    ;(await message()).focus()
    await user.keyboard('{Control>}k{/Control}')
    expect(await field()).toHaveFocus()
    const recent = within(await screen.findByRole('group', { name: 'Recent threads' }))
    await waitFor(() => expect(recent.getAllByRole('option')).toHaveLength(3))
    expect(screen.getByRole('group', { name: 'Actions' })).toHaveTextContent(/New thread.*Ctrl.*J/)
    expect(screen.queryByRole('group', { name: 'Models' })).toBeNull()
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('combobox')).toBeNull()
    await waitFor(async () => expect(await message()).toHaveFocus())
  })

  it('finds threads on the server, and goes to the one that is chosen', async () => {
    const { server, router, user } = await open()
    await user.keyboard('{Control>}k{/Control}')
    await field()
    await user.keyboard('below')
    await waitFor(() => expect(options()).toEqual([expect.stringMatching(/^Stock below reorder level/)]))
    await waitFor(() => expect(server.queries.at(-1)).toBe('below'))
    expect(screen.getByText('1 result')).toBeInTheDocument()
    await user.keyboard('{Enter}')
    await waitFor(() => expect(router.state.location.pathname).toBe('/t/thr_2'))
    expect(screen.queryByRole('combobox')).toBeNull()
  })

  it('moves with the arrows, around the ends, and begins anew with other words', async () => {
    const { user } = await open()
    await user.keyboard('{Control>}k{/Control}')
    await field()
    await user.keyboard('theme')
    await waitFor(() => expect(options()).toHaveLength(3))
    expect(active()).toBe('Theme: As the systemcurrent')
    await user.keyboard('{ArrowUp}')
    expect(active()).toBe('Theme: Dark')
    await user.keyboard('{ArrowDown}{ArrowDown}')
    expect(active()).toBe('Theme: Light')
    await user.keyboard(' d')
    expect(active()).toBe('Theme: Dark')
    await user.keyboard('{Enter}')
    expect(document.documentElement.dataset['theme']).toBe('dark')
    expect(localStorage.getItem('pomchat.theme')).toBe('dark')
  })

  it('switches the model of the thread', async () => {
    const { server, user } = await open('/t/thr_1')
    await screen.findByRole('button', { name: 'Model: gpt-5.1' })
    await user.keyboard('{Control>}k{/Control}')
    await field()
    await user.keyboard('switch{Enter}')
    expect(await field()).toHaveValue('model ')
    await user.keyboard('mini{Enter}')
    await screen.findByRole('button', { name: 'Model: gpt-5-mini' })
    await waitFor(() => expect(server.log).toContain('PATCH /api/threads/thr_1'))
  })

  it('leads to the approvals, where there is no model to switch', async () => {
    const { router, user } = await open()
    await user.keyboard('{Control>}k{/Control}')
    await field()
    await user.keyboard('appr{Enter}')
    await waitFor(() => expect(router.state.location.pathname).toBe('/approvals'))
    await screen.findByRole('heading', { level: 1, name: 'Approvals' })
    await user.keyboard('{Control>}k{/Control}')
    await field()
    await user.keyboard('switch')
    expect(await screen.findByText('Nothing found for “switch”')).toBeInTheDocument()
  })

  it('signs out where that is possible', async () => {
    const { server, user } = await open()
    await user.keyboard('{Control>}k{/Control}')
    await field()
    await user.keyboard('sign')
    expect(await screen.findByText('Nothing found for “sign”')).toBeInTheDocument()
    expect(server.me.signOutUrl).toBeUndefined()
  })

  it('says when the threads cannot be searched, and still has the rest', async () => {
    const { server, user } = await open()
    await user.keyboard('{Control>}k{/Control}')
    await field()
    const detail = 'No.'
    server.failures.set('GET /api/threads', { title: 'No', status: 500, kind: 'internal', detail })
    await user.keyboard('new')
    expect(await screen.findByText('Your threads could not be searched.')).toBeInTheDocument()
    expect(options()).toEqual([expect.stringMatching(/^New thread/)])
  })
})

describe('the sheet of keys', () => {
  it('opens with a question mark, from the palette and from the account, and lists what the page listens to', async () => {
    const { user } = await open()
    screen.getByRole('button', { name: 'Search' }).focus()
    await user.keyboard('?')
    const sheet = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })
    expect(sheet).toHaveTextContent(/Commands and threadsCtrlKNew threadCtrlJ/)
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.getByRole('button', { name: 'Search' })).toHaveFocus())

    await user.keyboard('{Control>}k{/Control}')
    await field()
    await user.keyboard('?')
    await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })
    expect(screen.queryByRole('combobox')).toBeNull()
    await user.keyboard('{Escape}')

    await user.click(screen.getByRole('button', { name: 'Account of Dana Okafor' }))
    await user.click(await screen.findByRole('menuitem', { name: /^Keyboard shortcuts/ }))
    await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })
  })
})
