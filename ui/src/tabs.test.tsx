import { act, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { open, openTab } from '../dev/open'

afterEach(() => vi.unstubAllGlobals())

describe('two tabs', () => {
  it('ask and follow the same thread', async () => {
    const { tab: one, user } = await open('/t/thr_1', { pause: 4 })
    const { tab: two } = await openTab('/t/thr_1')
    await two.findByRole('button', { name: 'Answer again' })
    await user.type(await one.findByRole('textbox', { name: 'Message' }), 'And by quarter?{Enter}')
    for (const tab of [two, one]) {
      expect(await tab.findByRole('heading', { level: 2, name: 'And by quarter?' })).toBeVisible()
      expect(await tab.findByRole('button', { name: 'Stop the answer' })).toBeVisible()
    }
    for (const tab of [two, one]) {
      await waitFor(() => expect(tab.getAllByRole('button', { name: 'Copy answer' })).toHaveLength(2))
    }
  })

  it('show a new thread, a new title and a deletion', async () => {
    const { tab: one, router, user } = await open()
    const { tab: two } = await openTab('/t/thr_2')
    const threads = within(two.getByRole('navigation', { name: 'Threads' }))
    await user.click(await one.findByRole('button', { name: /^Top 5 customers/ }))
    await waitFor(() => expect(router.state.location.pathname).toBe('/t/thr_new_1'))
    expect(await threads.findByRole('link', { name: /^Top 5 customers/ })).toBeVisible()

    await user.click(one.getByRole('button', { name: 'Menu of “Stock below reorder level”' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Rename' }))
    await waitFor(() => expect(one.getByRole('textbox', { name: 'Thread title' })).toHaveFocus())
    await user.keyboard('Reorder list{Enter}')
    expect(await two.findByRole('heading', { level: 1, name: 'Reorder list' })).toBeVisible()

    await user.click(one.getByRole('button', { name: 'Menu of “Reorder list”' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))
    act(() => void dispatchEvent(new Event('pagehide')))
    expect(await two.findByRole('heading', { level: 1, name: 'There is no thread here' })).toBeVisible()
    expect(threads.queryByRole('link', { name: /Reorder list/ })).toBeNull()
  })
})
