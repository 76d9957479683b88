import { cleanup, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { open, openTab } from '../dev/open'
import { load } from '@/lib/storage'
import { rememberConnect } from '@/features/servers/connecting'

beforeAll(async () => {
  await Promise.all([import('@/features/servers/connect-notice'), import('@/features/thread/ask/connect')])
})
beforeEach(() => {
  localStorage.clear()
  sessionStorage.clear()
})
afterEach(() => {
  vi.unstubAllGlobals()
  history.replaceState(null, '', '/')
})

const card = () => screen.findByRole('group', { name: /^GitHub wants to know your account/ })
const leave = () => rememberConnect({ id: 'github', name: 'GitHub' })
const comeBack = (said: string) =>
  history.replaceState(null, '', `/?${new URLSearchParams({ connect_error: said, from: 'here' })}`)

describe('the way to connect a server and back', () => {
  it('leads over the gateway, back to the thread', async () => {
    await open('/t/scene_connect', { withScenes: true })
    await card()
    const link = await screen.findByRole('link', { name: 'Connect GitHub' })
    const href = new URL(link.getAttribute('href') ?? '')
    expect(href.origin + href.pathname).toBe('https://github.acme.com/.pomerium/mcp/connect')
    expect(href.searchParams.get('redirect_url')).toBe(location.href)
  })

  it('shows beside the servers as soon as a call asks for it', async () => {
    const { server, user } = await open('/', { withScenes: true })
    const github = server.servers.find((s) => s.id === 'github')
    const apart = { ...github }
    cleanup()
    if (github) Object.assign(github, { status: 'ready' })
    const { router } = await openTab('/')
    await user.click(await screen.findByRole('button', { name: /^Servers \d on$/ }))
    const row = () => screen.findByRole('region', { name: /^GitHub/ })
    expect(await row()).toHaveTextContent(/^GitHubReady/)
    if (github) Object.assign(github, apart)
    await router.navigate({ to: '/t/$threadId', params: { threadId: 'scene_connect' } })
    await card()
    await waitFor(async () => expect(await row()).toHaveTextContent('Connect needed'))
  })

  it('tries the call again for who comes back', async () => {
    leave()
    const { server } = await open('/t/scene_connect', { withScenes: true, connects: 'github' })
    await waitFor(() => expect(server.renewals).toHaveLength(1))
    expect(server.renewals[0]?.retry).toHaveLength(1)
    expect(server.log).toContain('POST /api/servers/github/refresh')
    // The server still says no: it is asked no second time by itself.
    expect(await screen.findByText(/still does not let you in/)).toBeInTheDocument()
    expect(server.renewals).toHaveLength(1)
  })

  it('tries nothing for who comes back without having connected, and says so', async () => {
    leave()
    const { server } = await open('/t/scene_connect', { withScenes: true })
    await card()
    expect(await screen.findByText('GitHub is not connected yet.')).toBeInTheDocument()
    expect(server.renewals).toEqual([])
    expect(screen.queryByText(/still does not let you in/)).not.toBeInTheDocument()
  })
})

describe('a server that could not be connected', () => {
  const said = 'MCP connection failed. Ask for request ID: 4f2'

  it.each(['/', '/t/scene_connect'])(
    'is told once, with the words of the gateway, until that is dismissed (%s)',
    async (path) => {
      leave()
      comeBack(said)
      const { server, user } = await open(path, { withScenes: true })
      const words = await screen.findByText(`The gateway says: “${said}”`)
      expect(words).toHaveTextContent(/^GitHub could not be connected\. The gateway/)
      expect(words.closest('[role=status], [role=alert]')).not.toBeNull()
      expect(screen.getAllByText(/request ID: 4f2/)).toHaveLength(1)
      expect(location.search).toBe('?from=here')
      await waitFor(() => expect(server.log).toContain('POST /api/servers/github/refresh'))
      expect(screen.queryByText('GitHub is not connected yet.')).toBeNull()
      expect(server.renewals).toEqual([])

      await user.click(screen.getByRole('button', { name: 'Copy details' }))
      expect((await navigator.clipboard.readText()).split('\n')).toEqual([
        'Server: GitHub',
        expect.stringMatching(/^Failed: \d{4}-\d\d-\d\dT/),
        `Error: ${said}`,
      ])
      await user.click(screen.getByRole('button', { name: 'Dismiss' }))
      expect(words).not.toBeInTheDocument()
      expect(screen.getByRole('main')).toHaveFocus()
    },
  )

  it('stays when a thread is opened, and is gone when the page is opened again', async () => {
    leave()
    comeBack(said)
    const { router } = await open()
    await screen.findByText(/request ID: 4f2/)
    await router.navigate({ to: '/t/$threadId', params: { threadId: 'thr_1' } })
    await screen.findByRole('heading', { level: 1, name: 'Sales 1996 to 1998' })
    expect(screen.getByText(/request ID: 4f2/)).toBeInTheDocument()
    const { tab } = await openTab('/')
    expect(tab.queryByText(/request ID: 4f2/)).toBeNull()
  })

  it('can be tried again', async () => {
    leave()
    comeBack(said)
    const { user } = await open()
    const link = await screen.findByRole('link', { name: 'Try again to connect GitHub' })
    expect(new URL(link.getAttribute('href') ?? '').pathname).toBe('/.pomerium/mcp/connect')
    link.addEventListener('click', (event) => event.preventDefault())
    await user.click(link)
    expect(load('connecting', 'tab')).toBe('{"id":"github","name":"GitHub"}')
  })

  it.each([
    ['as plain text of one line', 'a\n\u202e<b>b</b>\u0000', 'a <b>b</b>'],
    ['no longer than need be', 'x'.repeat(5000), `${'x'.repeat(300)}…`],
  ])('is told %s', async (_, from, want) => {
    leave()
    comeBack(from)
    await open()
    expect(await screen.findByText(new RegExp(`The gateway says: “${want}”$`))).toBeInTheDocument()
  })

  it('is told without a reason too', async () => {
    leave()
    comeBack('')
    await open()
    expect(await screen.findByText(/The gateway gave no reason\.$/)).toBeInTheDocument()
  })

  it('is not told to who did not set out to connect one, for then anybody may have written it', async () => {
    comeBack('Call +1 555 0100 to unlock your account')
    await open()
    await screen.findByRole('heading', { name: /Dana/ })
    await screen.findByRole('button', { name: 'Servers 2 on' })
    expect(document.body).not.toHaveTextContent('555 0100')
    expect(document.body).not.toHaveTextContent('could not be connected')
    expect(location.search).toBe('?from=here')
    expect(sessionStorage).toHaveLength(0)
  })
})
