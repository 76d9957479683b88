import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { open } from '../../../../dev/open'
import { call } from '../sample'
import { mayRerun, mayTryAgain } from './use-reruns'
import type { Server, ToolPart } from '@/wire/wire.gen'

beforeAll(async () => {
  await Promise.all([import('./rerun'), import('../table/result-table'), import('../prose/markdown')])
})
afterEach(() => vi.unstubAllGlobals())

const editButton = () => screen.findByRole('button', { name: 'Edit and run' })
const field = () => screen.findByRole('textbox', { name: 'sql SQL' })
const runs = () => screen.findByRole('list', { name: 'Your runs of call 1' })

let threads = 0
/** Opens the SQL of a call, in a thread that no other test has. */
async function openSql() {
  const n = ++threads
  const age: [string, number][] = Array.from({ length: n }, (_, i) => [`Thread ${i + 1}`, i + 1])
  const view = await open(`/t/thr_${n}`, { threads: age })
  await view.user.click(await screen.findByRole('button', { name: /^Call ?1/ }))
  await view.user.click(screen.getByRole('tab', { name: 'SQL' }))
  return view
}

describe('a call that may be run again', () => {
  it('is edited and run by the keyboard alone, beside the result of the answer', async () => {
    const { user, server } = await openSql()
    ;(await editButton()).focus()
    await user.keyboard('{Enter}')
    expect(await field()).toHaveFocus()
    await user.clear(await field())
    await user.keyboard('SELECT 1{Control>}{Enter}{/Control}')
    const own = within(await runs())
    expect(own.getByRole('button', { expanded: true })).toHaveTextContent(
      /Your run· not part of the answer.*3 rows24 ms/,
    )
    expect(own.getByRole('group', { name: 'Rows of your run 1 of call 1' })).toBeInTheDocument()
    expect(await field()).toHaveFocus()
    expect(screen.getByText('Your run took 24 ms and gave 3 rows.')).toBeInTheDocument()
    expect(server.log.filter((l) => l.endsWith('/rerun'))).toHaveLength(1)

    await user.keyboard('{Escape}')
    expect(await editButton()).toHaveFocus()
    await user.click(screen.getByRole('tab', { name: /^Table/ }))
    expect(screen.getByRole('group', { name: /^Result of call 1/ })).toBeInTheDocument()
    expect(screen.queryByRole('list', { name: /^Your runs/ })).not.toBeInTheDocument()
    await user.click(screen.getByRole('tab', { name: 'SQL' }))
    expect(within(await runs()).getByRole('table')).toBeInTheDocument()
  })

  it('keeps what was written where it is left, and takes an earlier run up again', async () => {
    const { user } = await openSql()
    await user.click(await editButton())
    await user.clear(await field())
    await user.keyboard('SELECT 7{Control>}{Enter}{/Control}')
    await runs()
    await user.clear(await field())
    await user.keyboard('SELECT 8')
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    await user.click(await editButton())
    expect(await field()).toHaveValue('SELECT 8')
    await user.click(screen.getByRole('button', { name: 'Edit run 1 again' }))
    expect(await field()).toHaveValue('SELECT 7')
  })

  it('says what the server finds wrong, where, and leads there', async () => {
    const { user } = await openSql()
    await user.click(await editButton())
    await user.clear(await field())
    await user.keyboard('SELECT Nme FROM t{Control>}{Enter}{/Control}')
    await user.click(await screen.findByRole('button', { name: 'Line 1, column 8.' }))
    const area = await field()
    expect(area).toHaveFocus()
    expect(area).toHaveValue('SELECT Nme FROM t')
    expect(area).toHaveProperty('selectionStart', 7)
    expect(area).toHaveProperty('selectionEnd', 10)
    expect(screen.queryByRole('list', { name: /^Your runs/ })).not.toBeInTheDocument()
  })

  it('says under which id policy refused it', async () => {
    const { user } = await openSql()
    await user.click(await editButton())
    await user.clear(await field())
    await user.keyboard('SELECT secret{Control>}{Enter}{/Control}')
    expect(await screen.findByText('This call of Northwind was blocked by policy.')).toBeInTheDocument()
    expect(screen.getByText('f3a09c27-5d1e-4d0b-9f61-0c52a2a5b7de')).toBeInTheDocument()
  })

  it('can be stopped', async () => {
    const { user } = await openSql()
    await user.click(await editButton())
    await user.clear(await field())
    await user.keyboard('WAITFOR it{Control>}{Enter}{/Control}')
    await user.click(await screen.findByRole('button', { name: 'Stop' }))
    expect(await screen.findByText('Stopped.')).toBeInTheDocument()
    expect(screen.getByRole('button', { name: 'Run' })).toHaveFocus()
  })

  it('says that nothing answered, and keeps the text', async () => {
    const { user, server } = await openSql()
    await user.click(await editButton())
    server.offline = true
    await user.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(() =>
      expect(screen.getByText('The server did not answer. Your text is still here.')).toBeInTheDocument(),
    )
    server.offline = false
  })
})

describe('a call whose server kept silent', () => {
  it('is tried again as it was, and what it gives stands beside the answer', async () => {
    const { user, server } = await open('/t/scene_silent', { withScenes: true })
    const again = await screen.findByRole('button', { name: 'Try again' })
    expect(screen.queryByRole('button', { name: 'Servers' })).not.toBeInTheDocument()
    again.focus()
    await user.keyboard('{Enter}')
    const own = within(await runs())
    expect(own.getByRole('button', { expanded: true })).toHaveTextContent(/Your run· not part of the answer/)
    expect(own.getByRole('group', { name: 'Rows of your run 1 of call 1' })).toBeInTheDocument()
    expect(screen.getByText('Your run took 24 ms and gave 3 rows.')).toBeInTheDocument()
    expect(again).toHaveFocus()

    server.offline = true
    await user.keyboard('{Enter}')
    expect(await screen.findByText('The server did not answer.')).toBeInTheDocument()
    server.offline = false
    await user.click(screen.getByRole('button', { name: 'Edit and run' }))
    expect(screen.queryByRole('button', { name: 'Try again' })).not.toBeInTheDocument()
  })
})

describe('whether a call', () => {
  const tool: Server['tools'][number] = {
    name: 'northwind__read_query',
    tool: 'read_query',
    title: '',
    description: '',
    readOnly: true,
    asks: false,
    tokens: 1,
  }
  const server: Server = {
    id: 'northwind',
    name: 'Northwind',
    description: '',
    url: '',
    status: 'ready',
    trusted: true,
    tools: [tool],
  }
  it.each<[string, boolean, Partial<ToolPart>, Partial<Server>]>([
    ['a tool that only reads', true, {}, {}],
    ['one that failed', true, { state: 'output-error' }, {}],
    ['one that asks', false, {}, { tools: [{ ...tool, asks: true }] }],
    ['one that writes', false, {}, { tools: [{ ...tool, readOnly: false, asks: true }] }],
    ['one that is gone', false, {}, { tools: [] }],
    ['one of another server', false, {}, { id: 'other' }],
    ['one of a server that is down', false, {}, { status: 'down' }],
    ['one of a server that the provider calls', false, {}, { remote: true }],
    ['a call of the provider', false, { providerExecuted: true }, {}],
    ['a call that goes on', false, { state: 'input-available' }, {}],
    ['a call without arguments', false, { input: {} }, {}],
    ['arguments that a browser rounds', false, { input: { id: 2 ** 60 } }, {}],
  ])('may be run with other arguments: %s: %s', (_, may, part, change) => {
    expect(mayRerun(call('c', part), [{ ...server, ...change }])).toBe(may)
  })

  it.each<[string, boolean, Partial<ToolPart>, Partial<Server>]>([
    ['its server was down', true, { errorKind: 'server_down' }, {}],
    ['its time was up', true, { errorKind: 'limit' }, {}],
    ['without arguments', true, { errorKind: 'limit', input: {} }, {}],
    ['policy forbade it', false, { errorKind: 'forbidden' }, {}],
    ['nobody knows why', false, {}, {}],
    ['it did not fail', false, { errorKind: 'limit', state: 'output-available' }, {}],
    ['the provider made it', false, { errorKind: 'limit', providerExecuted: true }, {}],
    ['a browser rounds its arguments', false, { errorKind: 'limit', input: { id: 2 ** 60 } }, {}],
    ['its server is still down', false, { errorKind: 'server_down' }, { status: 'down' }],
    ['it writes', false, { errorKind: 'limit' }, { tools: [{ ...tool, readOnly: false }] }],
    ['it asks', false, { errorKind: 'limit' }, { tools: [{ ...tool, asks: true }] }],
  ])('may be tried again: %s: %s', (_, may, part, change) => {
    const failed = call('c', { state: 'output-error', ...part })
    expect(mayTryAgain(failed, [{ ...server, ...change }])).toBe(may)
  })
})
