import { cleanup, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { leave } from '@/lib/leave'
import { load } from '@/lib/storage'
import { message, open, openTab } from '../dev/open'

vi.mock('@/lib/leave', () => ({ leave: vi.fn<(href: string) => void>() }))
afterEach(() => vi.unstubAllGlobals())

async function openPanel(path = '/t/thr_1') {
  const view = await open(path)
  await view.user.click(await screen.findByRole('button', { name: /^Servers 2 on$/ }))
  const panel = within(await screen.findByRole('complementary', { name: 'Servers and tools' }))
  await panel.findByText('5 of 5 tools on')
  return { ...view, panel }
}

describe('the panel of servers and tools', () => {
  it('weighs what is offered, and says what asks first', async () => {
    const { panel, user } = await openPanel()
    expect(panel.getAllByText(/^\d+( of 1,000)? tokens$/).length).toBeGreaterThan(3)
    await user.click(panel.getByRole('button', { name: 'Tools of Handbook' }))
    const row = panel.getByText('suggest_edit', { selector: 'button *' }).closest('li')
    expect(row).toHaveTextContent(/^suggest_editasks first.*newOpens a suggestion/)
    expect(panel.getByText('search_pages', { selector: 'button *' }).closest('li')).toHaveTextContent(
      /read-only/,
    )
  })

  it('names servers that others call, that nobody vouches for, and that have changed', async () => {
    const { panel } = await openPanel()
    const handbook = within(panel.getByRole('region', { name: /^Handbook/ }))
    expect(handbook.getByText(/^The model’s provider calls this server itself/)).toBeInTheDocument()
    expect(handbook.getByText(/^Nobody here vouches for/)).toBeInTheDocument()
    const notes = handbook.getAllByRole('listitem').map((one) => one.textContent)
    expect(notes.slice(2)).toEqual([
      expect.stringMatching(/^1 tool added since .+: suggest_edit$/),
      expect.stringMatching(/^1 tool changed since .+: search_pages$/),
    ])
  })

  it('says since when a server is down, by which request another is refused, and when tools are searched for', async () => {
    const { panel, user } = await openPanel()
    expect(panel.getByText(/^\d+ of 1,000 tokens$/)).toBeInTheDocument()
    expect(panel.getByText(/Above 1,000 tokens the model searches for tools/)).toBeInTheDocument()
    expect(panel.getByRole('region', { name: /^Warehouse/ })).toHaveTextContent(
      /Down since \S+, checked \d\d:\d\d\. It answered with status 502\./,
    )
    const grafana = within(panel.getByRole('region', { name: /^Grafana/ }))
    expect(grafana.getByText('8c41f0a2-77d1')).toBeInTheDocument()
    expect(grafana.getByRole('button', { name: 'Copy request id' })).toBeInTheDocument()
    await user.click(grafana.getByRole('button', { name: 'Copy an access request' }))
    expect(await navigator.clipboard.readText()).toMatch(
      /^Please give me access .*\n\nServer: Grafana\nHost: grafana\.acme\.com\nPerson: dana\.okafor@acme\.com\n/,
    )
  })

  it('says that the gateway is away, and asks it again', async () => {
    const detail = 'The Pomerium gateway is not available at the moment, so your servers cannot be listed.'
    const away = { title: 'No', status: 503, kind: 'gateway_down', detail } as const
    const { server, user } = await open('/t/thr_1')
    const handbook = server.servers.find((s) => s.id === 'handbook')
    if (handbook) handbook.connected = true
    cleanup()
    server.failures.set('GET /api/servers', away)
    await openTab('/t/thr_1')
    await user.click(await screen.findByRole('button', { name: /^Servers/ }))
    const panel = within(await screen.findByRole('complementary', { name: 'Servers and tools' }))
    expect(await panel.findByText(detail)).toBeInTheDocument()
    await user.click(panel.getByRole('button', { name: 'Try again' }))
    expect(await panel.findByText('5 of 5 tools on')).toBeInTheDocument()
    server.failures.set('POST /api/servers/handbook/disconnect', away)
    await user.click(panel.getByRole('button', { name: 'Disconnect Handbook' }))
    expect(await screen.findByText(detail)).toBeInTheDocument()
  })

  it('lists the tools of one server that is ready anew', async () => {
    const { panel, user, server } = await openPanel()
    await user.click(panel.getByRole('button', { name: 'Check Handbook again' }))
    await waitFor(() => expect(server.log).toContain('POST /api/servers/handbook/refresh'))
    expect(server.log.filter((line) => line.endsWith('/refresh'))).toHaveLength(1)
  })

  it('opens all that is known of a tool, by the keyboard', async () => {
    const { panel, user } = await openPanel()
    const name = panel.getByRole('button', { name: /^read_query/ })
    expect(name).toHaveAttribute('aria-expanded', 'false')
    name.focus()
    await user.keyboard('{Enter}')
    expect(name).toHaveAttribute('aria-expanded', 'true')
    expect(
      panel.getByText(/^The server says that this tool changes nothing\. Telling the model/),
    ).toBeVisible()
  })

  it('ends a login and leads to where it is made anew', async () => {
    const { server, user } = await open('/t/thr_1')
    const handbook = server.servers.find((s) => s.id === 'handbook')
    if (handbook) handbook.connected = true
    cleanup()
    await openTab('/t/thr_1')
    await user.click(await screen.findByRole('button', { name: /^Servers 2 on$/ }))
    await user.click(await screen.findByRole('button', { name: 'Connect Handbook again' }))
    await waitFor(() => expect(leave).toHaveBeenCalledOnce())
    expect(vi.mocked(leave).mock.lastCall?.[0]).toMatch(
      /^https:\/\/handbook\.acme\.com\/\.pomerium\/mcp\/connect\?redirect_url=/,
    )
    expect(server.log).toContain('POST /api/servers/handbook/disconnect')
    expect(load('connecting', 'tab')).toBe('{"id":"handbook","name":"Handbook"}')
  })

  it.each([
    ['stays open beside the page', true],
    ['does not cover a narrow page that is opened', false],
  ])('that was left open %s', async (_, wide) => {
    localStorage.setItem('pomchat.servers', 'on')
    await open('/t/thr_1', {}, wide)
    await screen.findByRole('button', { name: 'Servers 2 on', hidden: true })
    expect(screen.queryAllByText('Servers and tools')).toHaveLength(wide ? 1 : 0)
    localStorage.clear()
  })

  it('has the gateway forget a login', async () => {
    const { server, user } = await open('/t/thr_1')
    const handbook = server.servers.find((s) => s.id === 'handbook')
    if (handbook) handbook.connected = true
    cleanup()
    await openTab('/t/thr_1')
    await user.click(await screen.findByRole('button', { name: /^Servers 2 on$/ }))
    await user.click(await screen.findByRole('button', { name: 'Disconnect Handbook' }))
    expect(await screen.findByRole('link', { name: 'Connect Handbook' })).toBeInTheDocument()
    expect(server.log).toContain('POST /api/servers/handbook/disconnect')
  })

  it('switches single tools for the thread and for what is asked next', async () => {
    const { panel, user, server } = await openPanel()
    await user.click(panel.getByRole('switch', { name: 'Use list_tables in this thread' }))
    expect(panel.getByText('4 of 5 tools on')).toBeInTheDocument()
    expect(panel.getByRole('region', { name: /^Northwind/ })).toHaveTextContent('2 of 3 tools')
    await user.type(await message(), 'On{Enter}')
    await waitFor(() => expect(server.asked).toHaveLength(1))
    expect(server.asked[0]).toMatchObject({ text: 'On', toolsOff: ['northwind__list_tables'] })
    await user.click(panel.getByRole('switch', { name: 'Use list_tables in this thread' }))
    expect(panel.getByText('5 of 5 tools on')).toBeInTheDocument()
  })

  it('asks before web search meets servers, and again after that was taken back', async () => {
    const { panel, user, server } = await openPanel()
    const search = panel.getByRole('switch', { name: 'Use Web search in this thread' })
    await user.click(search)
    expect(search).not.toBeChecked()
    await user.keyboard('{Escape}')
    expect(search).toHaveFocus()
    expect(search).not.toBeChecked()
    await user.click(search)
    await user.keyboard('{Enter}')
    await waitFor(() => expect(search).toBeChecked())
    await user.type(await message(), 'On{Enter}')
    await waitFor(() => expect(server.asked).toHaveLength(1))
    expect(server.asked[0]).toMatchObject({ hosted: ['web_search'], mixed: true })
    await user.click(search)
    await user.click(search)
    expect(panel.getByRole('group', { name: 'Web search beside servers' })).toBeInTheDocument()
  })

  it('asks for nothing where no search is, or no server', async () => {
    const { panel, user } = await openPanel()
    const code = panel.getByRole('switch', { name: 'Use Code interpreter in this thread' })
    await user.click(code)
    expect(code).toBeChecked()
  })

  it.each([
    ['allow', null, { checked: true }],
    ['forbid', null, { checked: false }],
    ['forbid', [], { checked: true }],
  ] as const)('obeys the rule to %s it in a thread with the servers %j', async (mixing, chosen, want) => {
    const view = await open('/', { withScenes: true })
    view.server.me = { ...view.server.me, mixing }
    cleanup()
    const request = new Request('http://localhost/api/threads/thr_1', {
      method: 'PATCH',
      body: JSON.stringify({ settings: { servers: chosen } }),
    })
    await view.server.fetch(request)
    await openTab('/t/thr_1')
    await view.user.click(await screen.findByRole('button', { name: /^Servers \d on$/ }))
    const search = await screen.findByRole('switch', { name: 'Use Web search in this thread' })
    await view.user.click(search)
    expect(search.getAttribute('aria-checked')).toBe(String(want.checked))
    expect(screen.queryAllByText(/^Your administrator does not allow web search/)).toHaveLength(
      want.checked ? 0 : 1,
    )
  })

  it('asks where web search is on beside servers and was not agreed to', async () => {
    const view = await open('/', { withScenes: true })
    cleanup()
    const change = (settings: object) =>
      view.server.fetch(
        new Request('http://localhost/api/threads/thr_1', {
          method: 'PATCH',
          body: JSON.stringify({ settings }),
        }),
      )
    await change({ servers: null, hosted: ['web_search'] })
    await openTab('/t/thr_1')
    await view.user.click(await screen.findByRole('button', { name: /^Servers \d on$/ }))
    const question = await screen.findByRole('group', { name: 'Web search beside servers' })
    const search = screen.getByRole('switch', { name: 'Use Web search in this thread' })
    expect(search).toBeChecked()
    expect(search).not.toHaveFocus()
    await view.user.click(within(question).getByRole('button', { name: 'Allow in this thread' }))
    await waitFor(() => expect(question).not.toBeInTheDocument())
    expect(search).toBeChecked()
    expect(search).toHaveFocus()
  })

  it('shows only what the chosen model has', async () => {
    const { panel, user } = await openPanel()
    expect(panel.getByRole('region', { name: 'Tools of gpt-5.1' })).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Model: gpt-5.1' }))
    await user.click(await screen.findByRole('option', { name: /^Guide/ }))
    expect(panel.queryByRole('region', { name: /^Tools of/ })).not.toBeInTheDocument()
  })
})
