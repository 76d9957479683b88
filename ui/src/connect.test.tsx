import { screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { open } from '../dev/open'
import { save } from '@/lib/storage'

beforeEach(() => localStorage.clear())
afterEach(() => {
  vi.unstubAllGlobals()
  history.replaceState(null, '', '/')
})

const card = () => screen.findByRole('group', { name: /^GitHub wants to know your account/ })

describe('the way to connect a server and back', () => {
  it('leads over the gateway, back to the thread', async () => {
    await open('/t/scene_connect', { withScenes: true })
    await card()
    const link = await screen.findByRole('link', { name: 'Connect GitHub' })
    const href = new URL(link.getAttribute('href') ?? '')
    expect(href.origin + href.pathname).toBe('https://github.acme.com/.pomerium/mcp/connect')
    expect(href.searchParams.get('redirect_url')).toBe(location.href)
  })

  it('tries the call again for who comes back', async () => {
    save('connecting', 'github')
    const { server } = await open('/t/scene_connect', { withScenes: true, connects: 'github' })
    await waitFor(() => expect(server.renewals).toHaveLength(1))
    expect(server.renewals[0]?.retry).toHaveLength(1)
    expect(server.log).toContain('POST /api/servers/github/refresh')
    // The server still says no: it is asked no second time by itself.
    expect(await screen.findByText(/still does not let you in/)).toBeInTheDocument()
    expect(server.renewals).toHaveLength(1)
  })

  it('tries nothing for who comes back without having connected, and says so', async () => {
    save('connecting', 'github')
    const { server } = await open('/t/scene_connect', { withScenes: true })
    await card()
    expect(await screen.findByText('GitHub is not connected yet.')).toBeInTheDocument()
    expect(server.renewals).toEqual([])
    expect(screen.queryByText(/still does not let you in/)).not.toBeInTheDocument()
  })

  it('tries nothing when connecting failed, and says why', async () => {
    save('connecting', 'github')
    history.replaceState(null, '', '/?connect_error=MCP+connection+failed')
    const { server } = await open('/t/scene_connect', { withScenes: true })
    await card()
    expect(await screen.findByText(/MCP connection failed/)).toBeInTheDocument()
    expect(server.renewals).toEqual([])
    expect(location.search).toBe('')
  })
})
