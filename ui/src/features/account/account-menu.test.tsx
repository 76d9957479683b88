import { QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { me } from '../../../dev/data'
import { keys, newQueryClient } from '@/lib/query'
import { load } from '@/lib/storage'
import { setTheme } from '@/lib/theme'
import type { Me } from '@/wire/wire.gen'
import { AccountMenu } from './account-menu'

const assign = vi.fn<(url: string) => void>()
beforeEach(() => vi.stubGlobal('location', { assign, origin: 'http://localhost' }))
afterEach(() => {
  setTheme('system')
  assign.mockReset()
  vi.unstubAllGlobals()
})

/** Shows the menu of a person; told says what was chosen from it. */
function show(who: Me) {
  const client = newQueryClient()
  client.setQueryData(keys.me, who)
  const told: string[] = []
  const tell = (what: string) => () => void told.push(what)
  render(
    <QueryClientProvider client={client}>
      <AccountMenu onApprovals={tell('approvals')} onCommands={tell('commands')} onKeys={tell('keys')} />
    </QueryClientProvider>,
  )
  return { told, user: userEvent.setup() }
}

const button = (name: string) => screen.getByRole('button', { name: `Account of ${name}` })

describe('the account menu', () => {
  it('changes the theme at once, keeps it, and stays open to be tried', async () => {
    const { user } = show(me)
    await user.click(button('Dana Okafor'))
    const theme = (name: string) => screen.getByRole('menuitemradio', { name })
    expect(theme('As the system')).toBeChecked()
    await user.click(theme('Dark'))
    expect([document.documentElement.dataset['theme'], load('theme')]).toEqual(['dark', 'dark'])
    expect(theme('Dark')).toBeChecked()
    await user.click(theme('As the system'))
    expect([document.documentElement.dataset['theme'], load('theme')]).toEqual(['light', null])
  })

  it.each([
    ['Approvals', 'approvals'],
    [/^Commands/, 'commands'],
    [/^Keyboard shortcuts/, 'keys'],
  ] as const)('leads to %s', async (name, want) => {
    const { told, user } = show(me)
    await user.click(button('Dana Okafor'))
    await user.click(screen.getByRole('menuitem', { name }))
    expect(told).toEqual([want])
  })

  it('tells the version, and leads to the end of the session only where there is one', async () => {
    const { user } = show({ ...me, version: '1.2.3', signOutUrl: '/.pomerium/sign_out' })
    await user.click(button('Dana Okafor'))
    expect(screen.getByText('Version 1.2.3')).toBeVisible()
    await user.click(screen.getByRole('menuitem', { name: 'Sign out' }))
    expect(assign.mock.calls).toEqual([['/.pomerium/sign_out']])
  })

  it('has no way out of one’s own computer, and no name there', async () => {
    const { user } = show({ ...me, mode: 'standalone', user: { id: 'local', name: '', email: '' } })
    await user.click(button('You'))
    expect(button('You')).toHaveTextContent('On this computer')
    expect(screen.queryByRole('menuitem', { name: 'Sign out' })).toBeNull()
  })

  it('shows the initials in place of a picture that cannot be had', () => {
    show({ ...me, user: { ...me.user, picture: '/api/me/picture' } })
    const picture = button('Dana Okafor').querySelector('img')
    expect(picture).toHaveAttribute('src', '/api/me/picture')
    picture?.dispatchEvent(new Event('error'))
    return vi.waitFor(() => expect(button('Dana Okafor')).toHaveTextContent(/^DO/))
  })
})
