import { describe, expect, it } from 'vitest'
import { linkTarget, ownPath, webPage } from './url'

// What does harm, or misleads, as a link, a picture or a place to go.
const bad: [string, string][] = [
  ['a script', 'javascript:alert(1)'],
  ['a script in capitals after a space', ' JaVaScRiPt:alert(1)'],
  ['a script broken by a tab', 'java\tscript:alert(1)'],
  ['a script behind a control character', '\u0001javascript:alert(1)'],
  ['a page in the address itself', 'data:text/html,<script>alert(1)</script>'],
  ['a Visual Basic script', 'vbscript:msgbox(1)'],
  ['a file of the machine', 'file:///etc/passwd'],
  ['a page of this one’s memory', 'blob:https://chat.example/1'],
  ['the source of a page', 'view-source:https://example.com/'],
  ['another program', 'ms-excel:ofe|u|https://example.com/a.xlsx'],
  ['a name and password that look like a host', 'https://chat.example@evil.example/'],
  ['no address', 'not an address'],
  ['nothing', ''],
]

describe('webPage', () => {
  it.each<[string, string, string | undefined]>([
    ['a page', 'https://example.com/a?b=c#d', 'https://example.com/a?b=c#d'],
    ['a page without TLS', 'http://example.com', 'http://example.com/'],
    ['not an address of mail', 'mailto:ann@example.com', undefined],
    ['not a path', '/api', undefined],
    ...bad.map(([name, url]): [string, string, undefined] => [`not ${name}`, url, undefined]),
  ])('is %s', (_name, url, want) => expect(webPage(url)?.href).toBe(want))
})

describe('linkTarget', () => {
  it.each<[string, string | undefined, string | undefined]>([
    ['a page', 'https://example.com', 'https://example.com/'],
    ['an address of mail', 'mailto:ann@example.com?subject=Hi', 'mailto:ann@example.com?subject=Hi'],
    ['not a path', '/api/me', undefined],
    ['not another host by a path', '//example.com/x', undefined],
    ['not a place in the page', '#top', undefined],
    ['not what is missing', undefined, undefined],
    ...bad.map(([name, url]): [string, string, undefined] => [`not ${name}`, url, undefined]),
  ])('is %s', (_name, url, want) => expect(linkTarget(url)).toBe(want))
})

describe('ownPath', () => {
  it.each<[string, string | undefined, string | undefined]>([
    ['a path', '/api/servers/a%20b/logo?v=1', '/api/servers/a%20b/logo?v=1'],
    ['not another host', '//evil.example/a.png', undefined],
    ['not another host behind a backslash', '/\\evil.example/a.png', undefined],
    ['not another host behind a tab', '/\t/evil.example/a.png', undefined],
    ['not a whole address', 'https://chat.example/a.png', undefined],
    ['not what is missing', undefined, undefined],
    ...bad.map(([name, url]): [string, string, undefined] => [`not ${name}`, url, undefined]),
  ])('is %s', (_name, url, want) => expect(ownPath(url)).toBe(want))
})
