import { createMemoryHistory } from '@tanstack/react-router'
import { render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { vi } from 'vitest'
import { App, newRouter } from '../src/app.tsx'
import { noteReturn } from '../src/features/servers/connecting.ts'
import { newQueryClient } from '../src/lib/query.ts'
import { FakeServer, type FakeOptions } from './fake.ts'

/**
 * Opens the page at a path, with a server that has three threads, in a window of the
 * width at which the sidebar and the servers stand beside the page, or of a narrow one.
 */
export async function open(path = '/', options: FakeOptions = {}, wide = true) {
  const threads: [string, number][] = [
    ['Sales 1996 to 1998', 1],
    ['Stock below reorder level', 2],
    ['Late shipments', 30],
  ]
  const server = new FakeServer({ threads, ...options })
  vi.stubGlobal('fetch', (input: string, init?: RequestInit) =>
    server.fetch(new Request(new URL(input, 'http://localhost'), init)),
  )
  const met = wide ? /^\((min-width|hover)/ : /^\((max-width|hover)/
  vi.stubGlobal('matchMedia', (query: string) =>
    Object.assign(new EventTarget(), { media: query, matches: met.test(query) }),
  )
  const tab = await openTab(path)
  return { server, ...tab, user: userEvent.setup() }
}

/** Opens another tab of the same browser. */
export async function openTab(path: string) {
  noteReturn()
  const client = newQueryClient()
  const router = newRouter(client, createMemoryHistory({ initialEntries: [path] }))
  const { container } = render(<App client={client} router={router} />)
  const tab = within(container)
  await tab.findByRole('main')
  // The sidebar has its place at once, and what is in it a moment later.
  const nav = tab.queryByRole('navigation', { name: 'Threads' })
  if (nav) await within(nav).findByRole('link', { name: /New thread/ })
  return { router, tab }
}

/** The composer's field. */
export const message = () => screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Message' })

/** The list of threads. */
export const list = () => within(screen.getByRole('navigation', { name: 'Threads' }))
