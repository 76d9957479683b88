import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { open } from '../dev/open'

afterEach(() => vi.unstubAllGlobals())

const rows = () => within(screen.getByRole('list', { name: 'Approvals' })).getAllByRole('listitem')

describe('the page of approvals', () => {
  it('is reached from the account menu and lists what runs without asking', async () => {
    const { router, user } = await open('/', { withScenes: true })
    await user.click(await screen.findByRole('button', { name: 'Account of Dana Okafor' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Approvals' }))
    await waitFor(() => expect(router.state.location.pathname).toBe('/approvals'))
    expect(await screen.findByRole('heading', { level: 1, name: 'Approvals' })).toBeInTheDocument()
    await screen.findByRole('list', { name: 'Approvals' })
    expect(rows().map((row) => row.textContent)).toEqual([
      expect.stringMatching(/^Northwindwrite_queryIn the thread Stock below reorder level, since /),
      expect.stringMatching(
        /^Handbooksuggest_editIn all of your threads, since .*handbook\.acme\.com\/mcpRevoke$/,
      ),
    ])
    expect(document.title).toBe('Approvals · Pomerium Chat')
  })

  it('takes one back after asking once more, by the keyboard', async () => {
    const { server, user } = await open('/approvals', { withScenes: true })
    const revoke = await screen.findByRole('button', {
      name: 'Revoke the approval of suggest_edit on Handbook',
    })
    revoke.focus()
    await user.keyboard('{Enter}')
    expect(screen.getByText('Calls of suggest_edit will ask you again.')).toBeInTheDocument()
    await user.keyboard('{Escape}')
    const again = screen.getByRole('button', { name: 'Revoke the approval of suggest_edit on Handbook' })
    expect(again).toHaveFocus()
    expect(server.grants).toHaveLength(2)
    await user.keyboard('{Enter}{Enter}')
    await waitFor(() => expect(server.grants.map((g) => g.id)).toEqual(['grt_1']))
    expect(await screen.findByText('suggest_edit asks again')).toBeInTheDocument()
    await waitFor(() => expect(rows()).toHaveLength(1))
    expect(document.body).not.toHaveFocus()
  })

  it('says that there is nothing, and how something would come there', async () => {
    await open('/approvals')
    expect(
      await screen.findByRole('heading', { name: 'You have approved nothing for longer than a call' }),
    ).toBeInTheDocument()
  })

  it('keeps what could not be taken back, and can load again', async () => {
    const problem = { title: 'Error', status: 500, kind: 'internal', detail: 'No.' } as const
    const { server, user } = await open('/', { withScenes: true })
    server.failures.set('GET /api/approvals', problem)
    server.failures.set('DELETE /api/approvals/grt_1', problem)
    await user.click(await screen.findByRole('button', { name: 'Account of Dana Okafor' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Approvals' }))
    await user.click(await screen.findByRole('button', { name: 'Try again' }))
    await user.click(await screen.findByRole('button', { name: /^Revoke the approval of write_query/ }))
    await user.click(screen.getByRole('button', { name: 'Revoke' }))
    expect(await screen.findByText(/could not be revoked/)).toBeInTheDocument()
    expect(rows()).toHaveLength(2)
  })
})
