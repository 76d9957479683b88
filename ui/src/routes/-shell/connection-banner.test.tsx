import { QueryClientProvider } from '@tanstack/react-query'
import { act, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeServer } from '../../../dev/fake'
import { newQueryClient } from '@/lib/query'
import { ConnectionBanner } from './connection-banner'
import { PageCrashed } from './lost'

let online = true
let server: FakeServer
beforeEach(() => {
  online = true
  server = new FakeServer()
  vi.stubGlobal('fetch', (input: string, init?: RequestInit) =>
    server.fetch(new Request(new URL(input, 'http://localhost'), init)),
  )
  vi.spyOn(navigator, 'onLine', 'get').mockImplementation(() => online)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

function show(page = <ConnectionBanner />) {
  render(<QueryClientProvider client={newQueryClient()}>{page}</QueryClientProvider>)
}

/** The browser notices that its network went, or came back. */
function network(on: boolean) {
  online = on
  act(() => void dispatchEvent(new Event(on ? 'online' : 'offline')))
}

const refuse = (status: number, kind: 'unauthenticated' | 'forbidden' | 'internal') =>
  server.failures.set('GET /api/me', { title: 'No', status, kind, detail: 'It is being repaired.' })

const head = () => screen.queryByRole('button')?.closest('[role=status]')?.querySelector('b')?.textContent

describe('the banner', () => {
  it('says that there is no network as long as there is none', async () => {
    show()
    await vi.waitFor(() => expect(server.log).toContain('GET /api/me'))
    expect(screen.getByRole('status')).toBeEmptyDOMElement()
    network(false)
    expect(head()).toBe('You are offline.')
    network(true)
    expect(screen.getByRole('status')).toBeEmptyDOMElement()
  })

  it('says so of a server, too, that does not answer for want of a network', async () => {
    server.offline = true
    show()
    await screen.findByText('The server does not answer.')
    network(false)
    expect(head()).toBe('You are offline.')
  })

  it.each([
    [401, 'unauthenticated', 'Your session has ended.', 'Sign in again'],
    [403, 'forbidden', 'You may not use this app.', 'Reload'],
    [500, 'internal', 'The server does not answer.', 'Try now'],
  ] as const)('says of a status of %i what helps', async (status, kind, want, help) => {
    refuse(status, kind)
    show()
    expect(await screen.findByRole('button', { name: help })).toBeVisible()
    expect(head()).toBe(want)
  })

  it('stands above a page that has failed', async () => {
    refuse(401, 'unauthenticated')
    show(<PageCrashed error={new Error('x')} />)
    expect(await screen.findByRole('button', { name: 'Sign in again' })).toBeVisible()
    expect(screen.getByRole('heading', { name: 'This page has failed' })).toBeVisible()
  })
})
