import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { message, open } from '../dev/open'

afterEach(() => vi.unstubAllGlobals())

const down = {
  title: 'Bad Gateway',
  status: 502,
  kind: 'server_down',
  detail: 'Northwind could not be asked: it did not answer in time.',
} as const

describe('the prompts of servers', () => {
  it('are asked for with the first slash, and a server that fails hides no other', async () => {
    const { server, user } = await open('/t/thr_1')
    const field = await message()
    await screen.findByRole('button', { name: /^Servers 2 on$/ })
    const asked = () => server.log.filter((line) => line.endsWith('/prompts'))
    expect(asked()).toEqual([])
    server.failures.set('GET /api/servers/northwind/prompts', down)
    await user.type(field, '/')
    expect(await screen.findByRole('option', { name: /Plan the first week/ })).toBeVisible()
    expect(
      await screen.findByText(`The prompts of Northwind could not be loaded. ${down.detail}`),
    ).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('option', { name: /Analyze sales/ })).toBeVisible()
    expect(field).toHaveFocus()
  })

  it('are those of the servers that are on in the thread', async () => {
    const { user } = await open('/t/thr_1')
    const field = await message()
    await user.click(await screen.findByRole('button', { name: /^Servers 2 on$/ }))
    const panel = within(await screen.findByRole('complementary', { name: 'Servers and tools' }))
    expect(await panel.findByText('6 prompts:')).toBeVisible()
    await user.click(await panel.findByRole('switch', { name: 'Use Northwind in this thread' }))
    await user.type(field, '/')
    const list = await screen.findByRole('listbox')
    await waitFor(() => expect(within(list).getAllByRole('option')).toHaveLength(1))
    expect(list).toHaveTextContent(/^Handbook/)
  })

  it('are suggested on an empty thread: as a text to look over, or as a form', async () => {
    const { server, user } = await open('/')
    const field = await message()
    await user.click(await screen.findByRole('button', { name: /^Explore the database/ }))
    await waitFor(() =>
      expect(field).toHaveValue(
        'Explore the database. What the database holds and which questions it can answer.',
      ),
    )
    await user.click(screen.getByRole('button', { name: /^Plan the first week/ }))
    expect(await screen.findByRole('combobox', { name: 'Name' })).toHaveFocus()
    expect(server.asked).toEqual([])
  })

  it('are questions alone, for the model that only answers those', async () => {
    const { server, user } = await open('/')
    await user.click(await screen.findByRole('button', { name: /^Model/ }))
    await user.click(await screen.findByRole('option', { name: /Guide/ }))
    await waitFor(() => expect(screen.queryByRole('button', { name: /^Explore the database/ })).toBeNull())
    await user.click(screen.getByRole('button', { name: /^Top 5 customers by sales/ }))
    await waitFor(() => expect(server.asked.map(({ text }) => text)).toEqual(['Top 5 customers by sales']))
  })
})
