import { describe, expect, it } from 'vitest'
import type { Server } from '@/wire/wire.gen'
import { connectURL, toolCount, usable, withServer, type Choice } from './choice'

const server = (id: string, status: Server['status'] = 'ready', url = ''): Server => ({
  id,
  name: id,
  description: '',
  url,
  status,
  trusted: true,
  checkedAt: '2026-03-18T14:05:00Z',
  tools: [
    { name: `${id}__t`, tool: 't', title: '', description: '', readOnly: true, asks: false, tokens: 50 },
  ],
})
const servers = [server('a'), server('b'), server('c', 'down')]

describe('withServer', () => {
  it.each<[string, Choice, string, boolean, Choice]>([
    ['one of all is switched off', null, 'a', false, ['b', 'c']],
    ['another is switched off', ['b', 'c'], 'b', false, ['c']],
    ['the last one is switched off', ['c'], 'c', false, []],
    ['one is switched on', [], 'b', true, ['b']],
    ['the last missing one is switched on', ['b', 'c'], 'a', true, null],
    ['one that is on is switched on', null, 'a', true, null],
    ['a server that is gone is forgotten', ['gone', 'a'], 'b', true, ['a', 'b']],
  ])('%s', (_name, choice, id, on, want) => expect(withServer(choice, servers, id, on)).toEqual(want))
})

describe('usable', () => {
  it.each<[string, Choice, string[]]>([
    ['all that are ready', null, ['a', 'b']],
    ['the chosen one', ['b'], ['b']],
    ['none, where the chosen one is down', ['c'], []],
  ])('is %s', (_name, choice, want) => expect(usable(choice, servers).map((s) => s.id)).toEqual(want))

  it('counts tools', () => expect(toolCount(usable(null, servers))).toBe(2))
})

describe('connectURL', () => {
  it.each<[string, string, string | null]>([
    [
      'leads to the server’s own host and back',
      'https://github.acme.com/mcp',
      'https://github.acme.com/.pomerium/mcp/connect?redirect_url=https%3A%2F%2Fchat.acme.com%2Ft%2F1%3Fa%3Db',
    ],
    ['is refused without TLS', 'http://github.acme.com/mcp', null],
    ['is refused for a script', 'javascript:alert(1)', null],
    ['is refused for a name and password', 'https://github.acme.com@evil.example/mcp', null],
    ['does not exist for the server inside', '', null],
  ])('%s', (_name, url, want) =>
    expect(connectURL(server('github', 'needs_connect', url), 'https://chat.acme.com/t/1?a=b')).toBe(want),
  )

  it.each<[string, string | null]>([
    ['https://notes.acme.com', 'https://notes.acme.com/.pomerium/mcp/connect?redirect_url=x'],
    ['javascript:alert(1)', null],
    ['/here', null],
  ])('goes by the address to connect at, %s, where there is one', (connectUrl, want) => {
    const one = { ...server('notes', 'needs_connect', 'https://inside.acme.com/mcp'), connectUrl }
    expect(connectURL(one, 'x')).toBe(want)
  })
})
