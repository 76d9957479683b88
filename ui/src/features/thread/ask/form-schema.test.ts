import { describe, expect, it } from 'vitest'
import { contentOf, formOf, type Entry } from './form-schema'

const schema = (property: object, required = false) => ({
  type: 'object',
  properties: { x: property },
  ...(required ? { required: ['x'] } : {}),
})

/** What a form of one field makes of an entry: its value, or what is wrong. */
function made(property: object, entry?: Entry, required = false) {
  const { content, mistakes } = contentOf(
    formOf(schema(property, required)),
    new Map(entry === undefined ? [] : [['x', entry]]),
  )
  return mistakes.get('x') ?? content
}

describe('formOf', () => {
  it('reads titles, defaults and options in each way to write them', () => {
    const fields = formOf({
      type: 'object',
      required: ['a'],
      properties: {
        a: { type: 'string', title: 'A', description: 'About', default: 'x' },
        b: { type: 'string', enum: ['r', 'g'], enumNames: ['Red', 'Green'] },
        c: { type: 'string', oneOf: [{ const: 'r', title: 'Red' }, { const: 'g' }], default: 'g' },
        d: { type: 'array', items: { anyOf: [{ const: 'r', title: 'Red' }] }, minItems: 1, default: ['r'] },
        e: { type: 'boolean', default: true },
        f: { type: 'object' },
      },
    })
    const seen = fields.map(({ name, title, kind, required, options, initial }) => [
      name,
      title,
      kind,
      required,
      options.map((o) => `${o.value}=${o.title}`).join(' '),
      initial,
    ])
    expect(seen).toEqual([
      ['a', 'A', 'text', true, '', 'x'],
      ['b', 'b', 'choice', false, 'r=Red g=Green', ''],
      ['c', 'c', 'choice', false, 'r=Red g=g', 'g'],
      ['d', 'd', 'choices', false, 'r=Red', ['r']],
      ['e', 'e', 'boolean', false, '', true],
      ['f', 'f', 'json', false, '', ''],
    ])
  })

  it.each([[undefined], [null], [{}], [{ properties: [] }], ['x']])('finds no field in %j', (it) => {
    expect(formOf(it)).toEqual([])
  })
})

describe('contentOf', () => {
  it.each<[string, object, Entry | undefined, boolean, unknown]>([
    ['leaves out what is empty', { type: 'string' }, '', false, {}],
    ['asks for what is needed', { type: 'string' }, ' ', true, 'required'],
    ['takes the default', { type: 'integer', default: 3 }, undefined, true, { x: 3 }],
    ['takes a number', { type: 'number' }, ' 2.5 ', false, { x: 2.5 }],
    ['takes no word for a number', { type: 'number' }, 'two', false, 'number'],
    ['takes no fraction for a whole number', { type: 'integer' }, '2.5', false, 'integer'],
    ['takes no number with too many digits', { type: 'integer' }, '12345678901234567890', false, 'integer'],
    ['holds a minimum', { type: 'integer', minimum: 2 }, '1', false, 'low'],
    ['holds a maximum', { type: 'number', maximum: 2 }, '2.1', false, 'high'],
    ['holds a shortest length', { type: 'string', minLength: 3 }, 'ab', false, 'short'],
    ['counts a picture as one', { type: 'string', maxLength: 1 }, '🙂', false, { x: '🙂' }],
    ['holds a longest length', { type: 'string', maxLength: 2 }, 'abc', false, 'long'],
    ['knows an address of mail', { type: 'string', format: 'email' }, 'a@b', false, { x: 'a@b' }],
    ['and what is none', { type: 'string', format: 'email' }, 'a b@c', false, 'email'],
    ['knows an address of the web', { type: 'string', format: 'uri' }, 'x.com', false, 'uri'],
    ['knows a day', { type: 'string', format: 'date' }, '2026-03-01', false, { x: '2026-03-01' }],
    ['and what is none', { type: 'string', format: 'date' }, '1.3.26', false, 'date'],
    [
      'writes a moment in UTC',
      { type: 'string', format: 'date-time' },
      '2026-03-01T12:00',
      false,
      { x: new Date(2026, 2, 1, 12).toISOString() },
    ],
    ['holds a pattern', { type: 'string', pattern: '^[a-z]+$' }, 'A', false, 'pattern'],
    ['passes over a pattern that is none', { type: 'string', pattern: '(' }, 'A', false, { x: 'A' }],
    ['takes one of the options', { type: 'string', enum: ['r'] }, 'r', true, { x: 'r' }],
    ['and no other', { type: 'string', enum: ['r'] }, 'g', false, 'required'],
    ['takes a no', { type: 'boolean' }, false, true, { x: false }],
    [
      'takes several options',
      { type: 'array', items: { enum: ['a', 'b'] } },
      ['a', 'b'],
      false,
      { x: ['a', 'b'] },
    ],
    [
      'asks for more of them',
      { type: 'array', minItems: 2, items: { enum: ['a', 'b'] } },
      ['a'],
      false,
      'few',
    ],
    [
      'asks for fewer of them',
      { type: 'array', maxItems: 1, items: { enum: ['a', 'b'] } },
      ['a', 'b'],
      false,
      'many',
    ],
    ['leaves out none of them', { type: 'array', items: { enum: ['a'] } }, [], false, {}],
    ['takes JSON where it knows no field', { type: 'object' }, '{"a":1}', false, { x: { a: 1 } }],
    ['and says what is none', { type: 'object' }, '{', false, 'json'],
  ])('%s', (_name, property, entry, required, want) => {
    expect(made(property, entry, required)).toEqual(want)
  })
})
