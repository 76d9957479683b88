import { describe, expect, it } from 'vitest'
import { previewOf } from './preview'
import { call } from '../sample'

const output = (structured: unknown) => ({ text: 'first\nsecond', isError: false, structured })

describe('previewOf', () => {
  it.each([
    {
      name: 'SQL in one line',
      part: call('c', { input: { sql: 'SELECT a,\n       b\nFROM t' } }),
      want: 'SELECT a, b FROM t',
    },
    {
      name: 'other arguments by name',
      part: call('c', { input: { table: 'Orders', limit: 5, deep: { a: [1] } } }),
      want: 'table: Orders, limit: 5, deep: {"a":[1]}',
    },
    {
      name: 'the first column of a result without arguments',
      part: call('c', {
        input: {},
        output: output([
          { name: 'Orders', n: 1 },
          { name: 'Products', n: 2 },
        ]),
      }),
      want: 'Orders, Products',
    },
    {
      name: 'the text of a result without arguments',
      part: call('c', { input: {}, output: output(undefined) }),
      want: 'first second',
    },
    {
      name: 'nothing of a failure',
      part: call('c', { input: {}, output: { text: 'no', isError: true } }),
      want: '',
    },
    { name: 'arguments that are no object', part: call('c', { input: '[]' }), want: '[]' },
    {
      name: 'at most a line',
      part: call('c', { input: { a: 'x'.repeat(999) } }),
      want: `a: ${'x'.repeat(237)}`,
    },
  ])('shows $name', ({ part, want }) => {
    expect(previewOf(part)).toBe(want)
  })

  it('shows arguments while they stream', () => {
    const {
      input: _,
      output: __,
      ...part
    } = call('c', {
      inputText: '{"sql": "SELECT \\"a\\"\\nFROM t WHE',
      state: 'input-streaming',
    })
    expect(previewOf(part)).toBe('SELECT "a" FROM t WHE')
    expect(previewOf({ ...part, inputText: '{"sq' })).toBe('')
  })
})
