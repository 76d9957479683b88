import { cleanup, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { message, open, openTab } from '../dev/open'

beforeEach(() => sessionStorage.clear())
afterEach(() => vi.unstubAllGlobals())

const picker = (servers: string) =>
  screen.findByRole('button', { name: `Servers for the next question: ${servers}` })

describe('what is chosen for the next thread', () => {
  const leaveOutHandbook = async (user: Awaited<ReturnType<typeof open>>['user']) => {
    await user.click(await picker('Northwind, Handbook'))
    await user.click(await screen.findByRole('switch', { name: 'Use Handbook in this thread' }))
    await user.keyboard('{Escape}')
  }

  it('outlives a look at another page, and a way to another site and back', async () => {
    const { router, user } = await open()
    await leaveOutHandbook(user)
    await router.navigate({ to: '/approvals' })
    await screen.findByRole('heading', { level: 1, name: 'Approvals' })
    await router.navigate({ to: '/' })
    expect(await picker('Northwind')).toBeVisible()
    cleanup()
    await openTab('/')
    expect(await picker('Northwind')).toBeVisible()
  })

  it('ends with the start of the thread', async () => {
    const { router, user } = await open()
    await leaveOutHandbook(user)
    await user.type(await message(), 'On{Enter}')
    await waitFor(() => expect(router.state.location.pathname).toMatch('/t/'))
    await router.navigate({ to: '/' })
    expect(await picker('Northwind, Handbook')).toBeVisible()
  })

  it('begins with the model that was chosen last, in whatever thread', async () => {
    const { router, user } = await open('/t/thr_1')
    await user.click(await screen.findByRole('button', { name: 'Model: gpt-5.1' }))
    await waitFor(() => expect(screen.getByRole('combobox', { name: 'Find a model' })).toHaveFocus())
    await user.keyboard('mini{Enter}')
    await screen.findByRole('button', { name: 'Model: gpt-5-mini' })
    await waitFor(() => expect(localStorage.getItem('pomchat.new-thread')).toBe('{"model":"gpt-5-mini"}'))
    await router.navigate({ to: '/' })
    await screen.findByRole('heading', { name: /Dana/ })
    await screen.findByRole('button', { name: 'Model: gpt-5-mini' })
  })
})

describe('a change of a thread’s settings', () => {
  it('is taken back when the server refuses it, with the reason', async () => {
    const { server, user } = await open('/t/thr_1')
    const detail = 'There is no model called “gpt-5-mini” here.'
    server.failures.set('PATCH /api/threads/thr_1', {
      title: 'No',
      status: 422,
      kind: 'model_not_found',
      detail,
    })
    await user.click(await screen.findByRole('button', { name: 'Model: gpt-5.1' }))
    await user.click(await screen.findByRole('option', { name: /^gpt-5-mini/ }))
    await screen.findByText(`The change is taken back. ${detail}`)
    await screen.findByRole('button', { name: 'Model: gpt-5.1' })
    expect(localStorage.getItem('pomchat.new-thread')).toBeNull()
  })

  it('is seen in another tab', async () => {
    const { tab: one, user } = await open('/t/thr_1')
    const { tab: two } = await openTab('/t/thr_1')
    await two.findByRole('button', { name: 'Model: gpt-5.1' })
    await user.click(await one.findByRole('button', { name: 'Model: gpt-5.1' }))
    await user.click(await screen.findByRole('option', { name: /^Guide/ }))
    expect(await two.findByRole('button', { name: 'Model: Guide' })).toBeVisible()
  })
})
