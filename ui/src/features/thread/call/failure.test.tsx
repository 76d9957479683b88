import { screen } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import type { ToolPart } from '@/wire/wire.gen'
import { answer, call, question } from '../sample'
import { show } from '../sample-view'
import { accessRequest, detailsOf } from '../state/trace'

const q = question('q', '', 'Delete the test orders')
const { output: _, ...rest } = call('c', { input: { sql: "DELETE FROM Orders WHERE n = 'x'" } })
const failed = (fields: Partial<ToolPart>): ToolPart => ({
  ...rest,
  state: 'output-error',
  errorText: 'No.',
  ...fields,
})
const id = '2f6d1c94-7b0e-4c55-9a3e-d81f06b7e2aa'
const blocked = failed({ errorKind: 'forbidden', trace: { requestId: id, status: 403, code: '-32602' } })

describe('a call that policy blocked', () => {
  it('says that nothing reached the server, and how to ask for access', async () => {
    const { user } = show([q, answer('a', 'q', [blocked])])
    const line = screen.getByRole('button', { name: /^Call/ })
    expect(line).toHaveAttribute('aria-expanded', 'true')
    expect(line).toHaveTextContent('blocked')
    expect(screen.getByRole('heading', { name: 'Blocked by policy at the gateway' })).toBeInTheDocument()
    expect(
      screen.getByText(/The call never reached the server and nothing was changed\.$/),
    ).toBeInTheDocument()
    expect(screen.getByText(id)).toBeInTheDocument()
    expect(screen.getByText(/^dana@example\.com, at \d\d:\d\d:\d\d$/)).toBeInTheDocument()
    expect(screen.getByRole('link', { name: 'What the gateway knows about me' })).toHaveAttribute(
      'href',
      '/.pomerium/',
    )
    await user.click(screen.getByRole('button', { name: 'Copy an access request' }))
    expect(await navigator.clipboard.readText()).toBe(accessRequest(blocked, 'dana@example.com'))
  })

  it('asks for what was refused, and names the request', () => {
    expect(accessRequest(blocked, 'dana@example.com')).toBe(
      `Please let dana@example.com use the tool read_query of Northwind.\n\nPomerium blocked a call of it at ${rest.startedAt}.\nRequest id: ${id}`,
    )
  })
})

describe('a call that failed', () => {
  it.each<[string, Partial<ToolPart>]>([
    ['Northwind could not run this call', {}],
    ['Northwind could not run this call', { errorKind: 'provider_down', trace: { status: 502 } }],
    ['You may not use read_query on Northwind', { errorKind: 'forbidden' }],
    ['Northwind needs you to connect first', { errorKind: 'unauthenticated' }],
    ['This call was cut off', { errorKind: 'interrupted' }],
    [
      'The model’s provider could not run this call',
      { providerExecuted: true, tool: { name: 'x', server: '', serverName: '', tool: 'x' } },
    ],
    [
      'The model asked for a tool that does not exist',
      { tool: { name: 'x', server: '', serverName: '', tool: 'x' } },
    ],
  ])('is headed “%s”', (title, fields) => {
    show([q, answer('a', 'q', [failed(fields)])])
    expect(screen.getByRole('heading', { name: title })).toBeInTheDocument()
  })

  it('tells status and code, and copies all that helps to look it up', () => {
    const part = failed({ errorKind: 'provider_down', trace: { status: 502, code: 'bad_gateway' } })
    show([q, answer('a', 'q', [part])])
    expect(screen.getByText('502')).toBeInTheDocument()
    expect(screen.getByText('bad_gateway')).toBeInTheDocument()
    expect(detailsOf(part).split('\n')).toEqual([
      'Server: Northwind',
      'Tool: read_query',
      'Call: c',
      `Started: ${rest.startedAt}`,
      'Status: 502',
      'Code: bad_gateway',
      'Kind: provider_down',
      'Arguments: {"sql":"DELETE FROM Orders WHERE n = \'x\'"}',
      'Error: No.',
    ])
  })

  it.each<[string, NonNullable<ToolPart['errorKind']>]>([
    ['one has to connect', 'unauthenticated'],
    ['one cannot be reached', 'server_down'],
  ])('leads to the servers where %s', async (_name, errorKind) => {
    const onOpenServers = vi.fn<() => void>()
    const { user } = show([q, answer('a', 'q', [failed({ errorKind })])], {}, { onOpenServers })
    await user.click(await screen.findByRole('button', { name: 'Servers' }))
    expect(onOpenServers).toHaveBeenCalledOnce()
  })

  it('leads to the sign-in of a server that has to be connected, and to nothing else', async () => {
    const onLeave = vi.fn<() => void>()
    const connectTo = (id: string) => ({ href: `#connect-${id}`, onLeave })
    const { user } = show(
      [q, answer('a', 'q', [failed({ errorKind: 'unauthenticated' })])],
      {},
      { connectTo, onOpenServers: () => undefined },
    )
    const link = screen.getByRole('link', { name: 'Connect Northwind' })
    expect(link).toHaveAttribute('href', '#connect-northwind')
    expect(screen.queryByRole('button', { name: 'Servers' })).not.toBeInTheDocument()
    await user.click(link)
    expect(onLeave).toHaveBeenCalledOnce()
  })

  it('offers nothing to mend where nothing can be', () => {
    show([q, answer('a', 'q', [failed({})])], {}, { onOpenServers: () => undefined })
    const card = screen.getByRole('heading', { name: 'Northwind could not run this call' }).closest('.case')
    const acts = [...(card?.querySelectorAll('.acts :is(a, button)') ?? [])]
    expect(acts.map((act) => act.textContent)).toEqual(['Copy details'])
  })

  it('finds a request id that stands in the words alone', () => {
    show([q, answer('a', 'q', [failed({ errorText: `denied (request ${id})` })])])
    expect(screen.getByText(id)).toBeInTheDocument()
  })
})
