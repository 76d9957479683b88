// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest'
import { agree, agreedOf, hostsOf, leadsAway } from './leaving'

describe('leadsAway', () => {
  const own = hostsOf(['https://chat.acme.com', 'https://docs.acme.com:8443/mcp', '', 'not an address'])

  it.each<[string, string, boolean]>([
    ['to another host', 'https://example.com/?q=secret', true],
    ['to a host below an own one', 'https://x.docs.acme.com/', true],
    ['to a host that ends like an own one', 'https://evilchat.acme.com.example/', true],
    ['to another port of an own host', 'https://docs.acme.com/', true],
    ['not to this site', 'https://chat.acme.com/t/1', false],
    ['not to a server of the thread', 'https://docs.acme.com:8443/handbook', false],
    ['not to a host that was agreed to', 'https://en.wikipedia.org/wiki/Chai', false],
    ['not by mail', 'mailto:ann@example.com', false],
  ])('%s', (_name, href, want) => expect(leadsAway(href, own, ['en.wikipedia.org'])).toBe(want))
})

describe('what was agreed to', () => {
  beforeEach(() => sessionStorage.clear())

  it('is kept for one thread, each host once, the newest fifty', () => {
    for (let i = 0; i < 51; i++) agree('one', `${i}.example`)
    agree('one', '7.example')
    agree('two', 'other.example')
    expect(agreedOf('one')).toEqual([
      ...Array.from({ length: 50 }, (_, i) => `${i + 1}.example`).filter((host) => host !== '7.example'),
      '7.example',
    ])
    expect(agreedOf('two')).toEqual(['other.example'])
  })

  it('is nothing where the store holds something else', () => {
    sessionStorage.setItem('pomchat.agreed.one', '{"evil.example":1}')
    expect(agreedOf('one')).toEqual([])
  })
})
