// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { isAttachedList, isBig, linesOf, pasted, refusal, toRequest, type Attached } from './attachment'

const limits = { count: 3, each: 10, total: 16 }
const file = (name: string, text: string): Attached => ({
  kind: 'text',
  id: name,
  name,
  mediaType: 'text/plain',
  text,
})
const schema: Attached = {
  kind: 'resource',
  id: 's',
  name: 'Schema',
  server: 'nw',
  serverName: 'Northwind',
  uri: 'northwind://schema',
}

describe('a paste', () => {
  it.each([
    ['a sentence', 'How many orders?', false],
    ['a page', 'x'.repeat(3_999), false],
    ['more than a page', 'x'.repeat(4_000), true],
    ['39 lines', 'x\n'.repeat(39), false],
    ['40 lines', 'x\n'.repeat(40), true],
  ])('of %s is big: %#', (_name, text, want) => expect(isBig(text)).toBe(want))

  it('has a name that none beside it has, and the line breaks of texts', () => {
    const first = pasted('a\r\nb', [])
    const second = pasted('c', [first])
    expect([
      first.name,
      second.name,
      pasted('d', [first, second]).name,
      first.kind === 'text' && first.text,
    ]).toEqual(['Pasted text', 'Pasted text 2', 'Pasted text 3', 'a\nb'])
  })
})

describe('linesOf', () => {
  it.each([
    ['', 1],
    ['a', 1],
    ['a\n', 1],
    ['a\nb', 2],
    ['\n\n', 2],
  ])('counts %j', (text, want) => expect(linesOf(text)).toBe(want))
})

describe('refusal', () => {
  it.each<[string, Attached, Attached[], string | null]>([
    ['what fits', file('a', '0123456789'), [file('b', '012345')], null],
    ['one of nothing', file('a.txt', ' \n'), [], '“a.txt” is empty, so there is nothing to attach.'],
    [
      'one that is too long, in bytes',
      file('a.txt', 'éééééé'),
      [],
      '“a.txt” is 1 KB long, and 1 KB is the most that can be attached in one piece. Attach a part of it.',
    ],
    [
      'one too much for all',
      file('c.txt', '0'),
      [file('a', '0123456789'), file('b', '012345')],
      'With “c.txt” it would be more than the 1 KB that fit one question. Remove something first.',
    ],
    [
      'one more than there may be',
      schema,
      [file('a', '0'), file('b', '0'), file('c', '0')],
      'At most 3 things can be attached. Remove one first.',
    ],
    ['the same resource again', { ...schema, id: 't' }, [schema], '“Schema” is attached already.'],
  ])('of %s', (_name, next, among, want) => expect(refusal(next, among, limits)).toBe(want))
})

it('names in a request what the server reads itself, and sends the text of the rest', () => {
  expect(toRequest([file('a.txt', 'x'), schema])).toEqual([
    { name: 'a.txt', mediaType: 'text/plain', text: 'x' },
    { name: 'Schema', server: 'nw', uri: 'northwind://schema' },
  ])
})

it.each<[string, unknown, boolean]>([
  ['what it stored', [file('a', 'x'), schema], true],
  ['nothing', null, false],
  ['a text without its text', [{ kind: 'text', id: 'a', name: 'a', mediaType: 'text/plain' }], false],
  ['a kind of tomorrow', [{ ...schema, kind: 'picture' }], false],
])('recognises %s', (_name, value, want) => expect(isAttachedList(value)).toBe(want))
