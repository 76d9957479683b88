import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { FakeServer } from '../dev/fake'
import { list, message, open, openTab } from '../dev/open'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('an answer whose model is gone', () => {
  it('leads to the list of models', async () => {
    const { user } = await open('/t/scene_nomodel', { withScenes: true })
    await user.click(await screen.findByRole('button', { name: 'Choose a model' }))
    expect((await screen.findAllByRole('option')).length).toBeGreaterThan(1)
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('option')).toBeNull())
  })
})

describe('home', () => {
  it('has no heading without words before it knows whom to greet', async () => {
    await open()
    expect(screen.queryAllByRole('heading', { level: 2 }).filter((h) => h.textContent === '')).toEqual([])
    await screen.findByRole('heading', { level: 2, name: /Dana$/ })
  })

  it('greets by first name and takes the first question', async () => {
    const { server, router, user } = await open()
    await screen.findByRole('heading', { level: 2, name: /^Good (morning|afternoon|evening), Dana$/ })
    await user.type(await message(), 'Revenue by category{Enter}')
    await waitFor(() => expect(router.state.location.pathname).toBe('/t/thr_new_1'))
    expect(await screen.findByRole('heading', { level: 1, name: 'Revenue by category' })).toBeVisible()
    await list().findByRole('link', { name: /Revenue by category/ })
    expect(server.log.filter((line) => line.startsWith('POST')).slice(0, 2)).toEqual([
      'POST /api/threads',
      'POST /api/threads/thr_new_1/runs',
    ])
  })

  it('hints at a question that any model can answer', async () => {
    await open()
    await screen.findByRole('button', { name: /^Top 5 customers/ })
    const { placeholder } = await message()
    expect(
      screen.getByRole('button', { name: new RegExp(`^${placeholder.replace('?', '.')}`) }),
    ).toBeVisible()
  })

  it('asks a suggested question with one press', async () => {
    const { router, user } = await open()
    await user.click(await screen.findByRole('button', { name: /^Top 5 customers/ }))
    await waitFor(() => expect(router.state.location.pathname).toBe('/t/thr_new_1'))
  })

  it('keeps the question and leaves no empty thread when it is refused', async () => {
    const { server, router, user } = await open()
    server.failures.set('POST /api/threads/thr_new_1/runs', {
      title: 'Unprocessable Entity',
      status: 422,
      kind: 'model_not_found',
      detail: 'There is no model called “gpt-9” here.',
    })
    await user.type(await message(), 'Revenue{Enter}')
    expect((await screen.findByRole('alert')).textContent).toContain(
      'There is no model called “gpt-9” here. Your text is still here.',
    )
    expect([(await message()).value, router.state.location.pathname]).toEqual(['Revenue', '/'])
    expect(server.log).toContain('DELETE /api/threads/thr_new_1')
  })

  it('starts the thread with the servers and the model that were chosen', async () => {
    const { server, user } = await open()
    await user.click(
      await screen.findByRole('button', { name: 'Servers for the next question: Northwind, Handbook' }),
    )
    await user.click(await screen.findByRole('switch', { name: 'Use Handbook in this thread' }))
    await user.keyboard('{Escape}')
    await user.click(screen.getByRole('button', { name: 'Model: gpt-5.1' }))
    await user.click(await screen.findByRole('option', { name: /^Guide/ }))
    await user.type(await message(), 'Revenue{Enter}')
    await screen.findByRole('heading', { level: 1, name: 'Revenue' })
    const answer = await server.fetch(new Request('http://localhost/api/threads/thr_new_1'))
    expect((await answer.json()).settings).toEqual({
      servers: ['northwind', 'github', 'grafana', 'warehouse'],
      model: 'guide',
    })
  })
})

describe('the sidebar', () => {
  it.each([1, 12, 23])('lists threads by day at %i o’clock and marks the open one', async (hour) => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(2026, 10, 22, hour) })
    await open('/t/thr_1', {
      threads: [
        ['Sales 1996', 0.5],
        ['Reorder list', hour + 12],
      ],
    })
    const current = await list().findByRole('link', { current: 'page', name: /Sales 1996/ })
    expect(current).toBeVisible()
    expect(list().getByRole('heading', { name: 'Yesterday' })).toBeVisible()
  })

  it('renames a thread in its place', async () => {
    const { server, user } = await open('/t/thr_1')
    await user.click(await list().findByRole('button', { name: 'Menu of “Stock below reorder level”' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Rename' }))
    const field = await screen.findByRole('textbox', { name: 'Thread title' })
    await user.clear(field)
    await user.type(field, 'Reorder list{Enter}')
    expect(await list().findByRole('link', { name: /Reorder list/ })).toBeVisible()
    expect(server.log).toContain('PATCH /api/threads/thr_2')
  })

  it('puts the old title back when the new one cannot be saved', async () => {
    const { server, user } = await open('/t/thr_1')
    server.failures.set('PATCH /api/threads/thr_1', {
      title: 'No',
      status: 500,
      kind: 'internal',
      detail: 'No.',
    })
    const main = within(screen.getByRole('main'))
    await user.click(await main.findByRole('button', { name: 'Thread menu' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Rename' }))
    await user.keyboard('Other{Enter}')
    await screen.findByText('The new title could not be saved. The old one is back.')
    expect(await main.findByRole('heading', { level: 1, name: 'Sales 1996 to 1998' })).toBeVisible()
  })

  it('gives a renaming up with Escape', async () => {
    const { server, user } = await open('/t/thr_1')
    await user.click(await list().findByRole('button', { name: /^Menu of “Late/ }))
    await user.click(await screen.findByRole('menuitem', { name: 'Rename' }))
    await user.keyboard('Other{Escape}')
    expect(await list().findByRole('link', { name: /Late shipments/ })).toBeVisible()
    expect(server.log.some((line) => line.startsWith('PATCH'))).toBe(false)
  })

  it('deletes the open thread after the time to undo, and leaves it at once', async () => {
    const { server, router, user } = await open('/t/thr_1')
    await user.click(await list().findByRole('button', { name: /^Menu of “Sales/ }))
    vi.useFakeTimers({ shouldAdvanceTime: true })
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Delete' }))
    await waitFor(() => expect(router.state.location.pathname).toBe('/'))
    expect(list().queryByRole('link', { name: /Sales/ })).toBeNull()
    expect(server.log).not.toContain('DELETE /api/threads/thr_1')
    await act(() => vi.advanceTimersByTimeAsync(7_000))
    expect(server.log).toContain('DELETE /api/threads/thr_1')
  })

  it('brings a thread back with Undo', async () => {
    const { server, user } = await open()
    await user.click(await list().findByRole('button', { name: /^Menu of “Sales/ }))
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))
    expect(list().queryByRole('link', { name: /Sales/ })).toBeNull()
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    expect(list().getByRole('link', { name: /Sales/ })).toBeVisible()
    expect(server.log.some((line) => line.startsWith('DELETE'))).toBe(false)
  })

  it.each([/^Menu of “Sales/, 'Thread menu'])(
    'goes back with Undo to a thread that was open (%s)',
    async (menu) => {
      const { router, user } = await open('/t/thr_1')
      await user.click(await screen.findByRole('button', { name: menu }))
      await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))
      await waitFor(() => expect(router.state.location.pathname).toBe('/'))
      await user.click(await screen.findByRole('button', { name: 'Undo' }))
      await waitFor(() => expect(router.state.location.pathname).toBe('/t/thr_1'))
      expect(await screen.findByRole('heading', { level: 1, name: 'Sales 1996 to 1998' })).toBeVisible()
    },
  )

  it('carries a deletion out when the page is left', async () => {
    const { server, user } = await open()
    await user.click(await list().findByRole('button', { name: /^Menu of “Sales/ }))
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))
    act(() => void dispatchEvent(new Event('pagehide')))
    expect(server.log).toContain('DELETE /api/threads/thr_1')
  })

  it('finds threads by words', async () => {
    const { user } = await open()
    await user.click(screen.getByRole('button', { name: 'Search' }))
    await user.type(await screen.findByRole('textbox', { name: 'Search threads' }), 'below')
    expect(await screen.findByText('1 thread contains “below”')).toBeVisible()
    expect(list().getAllByRole('listitem')).toHaveLength(1)
    await user.keyboard('{Escape}')
    await waitFor(() => expect(list().getAllByRole('listitem')).toHaveLength(3))
  })

  it('shows older threads on demand', async () => {
    const { user } = await open('/', { pageSize: 2 })
    await user.click(await list().findByRole('button', { name: 'Show older threads' }))
    expect(await list().findByRole('link', { name: /Late shipments/ })).toBeVisible()
    expect(list().queryByRole('button', { name: 'Show older threads' })).toBeNull()
  })

  it('says what it will hold while there is nothing', async () => {
    await open('/', { threads: [] })
    expect(await list().findByText('Your threads will be listed here.')).toBeVisible()
  })

  it('says when the threads could not be loaded, and loads them again', async () => {
    const failing = vi.fn<(this: FakeServer, request: Request) => Promise<Response>>()
    const { fetch } = FakeServer.prototype
    failing.mockImplementation(function (this: FakeServer, request) {
      const refuse = new URL(request.url).pathname === '/api/threads' && failing.mock.calls.length < 9
      const body = { title: 'No', status: 500, kind: 'internal', detail: 'No.' }
      return refuse ? Promise.resolve(Response.json(body, { status: 500 })) : fetch.call(this, request)
    })
    vi.spyOn(FakeServer.prototype, 'fetch').mockImplementation(failing)
    const { user } = await open()
    await list().findByText('The threads could not be loaded.')
    failing.mockImplementation(fetch)
    await user.click(list().getByRole('button', { name: 'Try again' }))
    expect(await list().findByRole('link', { name: /Sales/ })).toBeVisible()
    vi.restoreAllMocks()
  })

  it('starts a new thread with a key and puts the cursor into it', async () => {
    const { router, user } = await open('/t/thr_1')
    await message()
    await user.keyboard('{Control>}j{/Control}')
    await waitFor(() => expect(router.state.location.pathname).toBe('/'))
    await waitFor(async () => expect(await message()).toHaveFocus())
  })
})

describe('servers and tools', () => {
  it('tell each status by word and reason, and switch a server for this thread', async () => {
    const { server, user } = await open('/t/thr_1')
    await user.click(await screen.findByRole('button', { name: 'Servers 2 on' }))
    const panel = within(await screen.findByRole('complementary', { name: 'Servers and tools' }))
    const regions = await panel.findAllByRole('region')
    const withStatus = regions.filter((row) => within(row).queryAllByRole('status').length > 0)
    const rows = withStatus.map((row) => [
      within(row).getByRole('heading').firstChild?.textContent,
      within(row)
        .getAllByRole('status')[0]
        ?.textContent.replaceAll(/\d\d:\d\d/g, '14:05')
        .replace(/since (Sun|Mon|Tue|Wed|Thu|Fri|Sat)/, 'since Thu'),
    ])
    expect(rows).toEqual([
      ['Northwind', 'Ready, tools listed 14:05'],
      ['Handbook', 'Ready, tools listed 14:05'],
      [
        'GitHub',
        'Connect needed since 14:05, checked 14:05. GitHub wants you to connect your own account first.',
      ],
      ['Grafana', 'No access since Thu, checked 14:05. The policy of this route does not let you in.'],
      ['Warehouse', 'Down since 14:05, checked 14:05. It answered with status 502.'],
    ])
    expect(panel.getByRole('link', { name: 'Connect GitHub' })).toHaveAttribute(
      'href',
      `https://github.acme.com/.pomerium/mcp/connect?redirect_url=${encodeURIComponent(location.href)}`,
    )
    await user.click(panel.getByRole('switch', { name: 'Use Northwind in this thread' }))
    expect(await screen.findByRole('button', { name: 'Servers 1 on' })).toBeVisible()
    await waitFor(() => expect(server.log).toContain('PATCH /api/threads/thr_1'))
    expect(panel.getByText('2 of 5 tools on')).toBeVisible()
    expect(panel.getByText('read_query')).toHaveClass('text-ink-3')
    expect(panel.getByText('read_query').closest('[class*="opacity"]')).toBeNull()
  })

  it('are checked again for one whose account has just been connected', async () => {
    const { server, user } = await open('/t/thr_1')
    await user.click(await screen.findByRole('button', { name: 'Servers 2 on' }))
    const link = await screen.findByRole('link', { name: 'Connect GitHub' })
    link.addEventListener('click', (event) => event.preventDefault())
    await user.click(link)
    cleanup()
    const back = await open('/t/thr_1')
    await waitFor(() => expect(back.server.log).toContain('POST /api/servers/github/refresh'))
    cleanup()
    const later = await open('/t/thr_1')
    await screen.findByRole('button', { name: 'Servers 2 on' })
    expect([server, later.server].flatMap((s) => s.log).filter((line) => line.endsWith('refresh'))).toEqual(
      [],
    )
  })

  it('check a server again', async () => {
    const { server, user } = await open('/t/thr_1')
    await user.click(await screen.findByRole('button', { name: 'Servers 2 on' }))
    await user.click(await screen.findByRole('button', { name: 'Check Warehouse again' }))
    await waitFor(() => expect(server.log).toContain('POST /api/servers/warehouse/refresh'))
  })
})

describe('a page that cannot be shown', () => {
  it('says that there is no such thread', async () => {
    await open('/t/nobody')
    expect(await screen.findByRole('heading', { level: 1, name: 'There is no thread here' })).toBeVisible()
  })

  it('has a heading while its thread is on the way', async () => {
    vi.stubGlobal('fetch', () => new Promise(() => undefined))
    await openTab('/t/thr_1')
    expect(await screen.findByRole('heading', { level: 1 })).toHaveTextContent('Loading the thread')
    expect(document.title).toBe('Loading the thread · Pomerium Chat')
  })

  it('says that there is no such page', async () => {
    await open('/nowhere')
    expect(await screen.findByRole('heading', { level: 1, name: 'There is no page here' })).toBeVisible()
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    act(() => void dispatchEvent(new Event('offline')))
    expect(screen.getByText('You are offline.')).toBeVisible()
    vi.restoreAllMocks()
  })

  it.each([true, false])('leads to the threads from there, wherever they are (wide: %s)', async (wide) => {
    const { user } = await open('/nowhere', {}, wide)
    expect(await screen.findByText('The address is not one of this app’s.')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Search your threads' }))
    expect(await screen.findByRole('textbox', { name: 'Search threads' })).toHaveFocus()
  })

  it('says that nobody answers, and goes on when someone does', async () => {
    const { server, user } = await open()
    await screen.findByRole('heading', { name: /Dana/ })
    server.offline = true
    await user.type(await message(), 'Revenue{Enter}')
    expect(await screen.findByText('The server does not answer.')).toBeVisible()
    server.offline = false
    await user.click(screen.getByRole('button', { name: 'Try now' }))
    await waitFor(() => expect(screen.queryByText('The server does not answer.')).toBeNull())
    expect((await message()).value).toBe('Revenue')
  })

  it('says that the session has ended', async () => {
    const { server, user } = await open()
    await screen.findByRole('heading', { name: /Dana/ })
    const ended = { title: 'No', status: 401, kind: 'unauthenticated', detail: 'No.' } as const
    server.failures.set('POST /api/threads', ended)
    server.failures.set('GET /api/me', ended)
    await user.type(await message(), 'Revenue{Enter}')
    expect(await screen.findByRole('button', { name: 'Sign in again' })).toBeVisible()
    expect(screen.getByRole('alert')).toHaveTextContent(
      'Your session has ended. Sign in again; your text stays here.',
    )
  })
})
