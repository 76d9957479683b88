import { describe, expect, it } from 'vitest'
import { changeOf, fieldsOf, hasTooManyDigits, hasUnseen, outcomeOf, write, type Draft } from './arguments'

describe('fieldsOf', () => {
  it('shows SQL as code, texts as themselves and the rest as JSON', () => {
    expect(fieldsOf({ query: 'DELETE FROM t', note: 'x', n: 2, on: true, tags: ['a'], none: null })).toEqual([
      { name: 'query', kind: 'sql', type: 'string', text: 'DELETE FROM t' },
      { name: 'note', kind: 'text', type: 'string', text: 'x' },
      { name: 'n', kind: 'json', type: 'number', text: '2' },
      { name: 'on', kind: 'json', type: 'boolean', text: 'true' },
      { name: 'tags', kind: 'json', type: 'array', text: '["a"]' },
      { name: 'none', kind: 'json', type: 'null', text: 'null' },
    ])
  })

  it.each([[undefined], [null], ['text'], [[1]], [{}]])('finds none in %j', (input) => {
    expect(fieldsOf(input)).toEqual([])
  })
})

describe('a draft', () => {
  const fields = fieldsOf({ sql: 'SELECT 1', n: 1 })
  const draft = (texts: Record<string, string>) =>
    fields.reduce<Draft>((d, f) => write(d, f, texts[f.name] ?? f.text), new Map())

  it.each([
    { name: 'nothing changed', texts: {}, want: { input: undefined, mistakes: [] } },
    {
      name: 'one argument changed',
      texts: { n: ' 2 ' },
      want: { input: { sql: 'SELECT 1', n: 2 }, mistakes: [] },
    },
    {
      name: 'another kind of value',
      texts: { n: '{"a":[1]}' },
      want: { input: { sql: 'SELECT 1', n: { a: [1] } }, mistakes: [] },
    },
    { name: 'no JSON', texts: { n: '{' }, want: { input: undefined, mistakes: [['n', 'json']] } },
    {
      name: 'more digits than a browser keeps',
      texts: { n: '[12345678901234567890]' },
      want: { input: undefined, mistakes: [['n', 'digits']] },
    },
    {
      name: 'a text that looks like JSON stays a text',
      texts: { sql: '{' },
      want: { input: { sql: '{', n: 1 }, mistakes: [] },
    },
  ])('with $name', ({ texts, want }) => {
    const { input, mistakes } = outcomeOf(fields, draft(texts))
    expect({ input, mistakes: [...mistakes] }).toEqual(want)
  })

  it('is empty again when all is as it was', () => {
    expect(draft({ n: '1' }).size).toBe(0)
  })

  it('keeps an argument that is called like something of JavaScript', () => {
    const odd = fieldsOf(JSON.parse('{"__proto__":1,"constructor":2}'))
    const { input } = outcomeOf(odd, new Map([['constructor', '3']]))
    expect(JSON.stringify(input)).toBe('{"__proto__":1,"constructor":3}')
  })
})

describe('hasTooManyDigits', () => {
  it.each<[unknown, boolean]>([
    [9007199254740991, false],
    [2 ** 53, true],
    [0.1, false],
    [{ a: [1, { b: 1e20 }] }, true],
    ['12345678901234567890', false],
  ])('of %j is %s', (value, want) => expect(hasTooManyDigits(value)).toBe(want))
})

describe('hasUnseen', () => {
  it.each<[string, string, boolean]>([
    ['plain text in lines', 'SELECT\n\t1', false],
    ['another script', 'Grüße, 世界', false],
    ['a picture of several', '👩‍💻', false],
    ['a zero-width space', 'DROP\u200b TABLE', true],
    ['a turn of direction', 'a\u202eb', true],
    ['a control character', 'a\u0007b', true],
    ['a tag', 'a\u{e0041}', true],
  ])('%s', (_name, text, want) => expect(hasUnseen(text)).toBe(want))
})

describe('changeOf', () => {
  it.each([
    ['a number', 'x + 20 WHERE', 'x + 30 WHERE', { start: 4, was: '20', is: '30' }],
    ['a word that grew', 'from Order', 'from Orders', { start: 5, was: 'Order', is: 'Orders' }],
    ['something added', 'a b', 'a c b', { start: 2, was: '', is: 'c ' }],
    ['something removed', 'a c b', 'a b', { start: 2, was: 'c ', is: '' }],
    ['everything', 'one', 'two', { start: 0, was: 'one', is: 'two' }],
  ])('finds %s', (_name, before, after, want) => {
    const change = changeOf(before, after)
    expect(change).toEqual(want)
    expect(before.slice(0, want.start) + want.is + before.slice(want.start + want.was.length)).toBe(after)
  })
})
