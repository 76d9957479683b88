import { describe, expect, it } from 'vitest'
import { call } from '../sample'
import { rowCountOf, tableOf, type TableData } from './table-data'

const of = (structured: unknown) => tableOf({ text: '', isError: false, structured })
const plain = (name: string) => ({ name, numeric: false, measure: false, decimals: 0 })
const measure = (name: string, decimals = 0) => ({ name, numeric: true, measure: true, decimals })

describe('tableOf', () => {
  const cases: { name: string; structured: unknown; want: TableData | undefined }[] = [
    {
      name: 'columns and rows, with how many there are',
      structured: {
        columns: [
          { name: 'Product', type: 'text' },
          { name: 'Price', type: 'real' },
        ],
        rows: [
          ['Chai', 18],
          ['Chang', 19.5],
        ],
        total_rows: 77,
        total_is_exact: true,
      },
      want: {
        columns: [plain('Product'), measure('Price', 1)],
        rows: [
          ['Chai', 18],
          ['Chang', 19.5],
        ],
        total: 77,
        exact: true,
      },
    },
    {
      name: 'a count that is a lower bound',
      structured: { columns: ['a'], rows: [['x']], total_rows: 1, total_is_exact: false },
      want: { columns: [plain('a')], rows: [['x']], total: 1, exact: false },
    },
    {
      name: 'an array of flat objects, whose keys may differ',
      structured: [{ a: 1 }, { a: 2, b: 'x' }],
      want: {
        columns: [measure('a'), plain('b')],
        rows: [
          [1, null],
          [2, 'x'],
        ],
        total: undefined,
        exact: true,
      },
    },
    {
      name: 'an object whose only list is such an array',
      structured: { note: 'n', tables: [{ name: 'Orders', rows: 830 }] },
      want: {
        columns: [plain('name'), measure('rows')],
        rows: [['Orders', 830]],
        total: undefined,
        exact: true,
      },
    },
    {
      name: 'what is nested, as its text',
      structured: [{ a: { b: [1] }, c: true }],
      want: { columns: [plain('c'), plain('a')], rows: [[true, '{"b":[1]}']], total: undefined, exact: true },
    },
    {
      name: 'a result without rows',
      structured: { columns: [{ name: 'a' }], rows: [], total_rows: 0 },
      want: { columns: [plain('a')], rows: [], total: 0, exact: true },
    },
    {
      name: 'short rows, filled up with NULL',
      structured: { columns: ['a', 'b'], rows: [['x']] },
      want: { columns: [plain('a'), plain('b')], rows: [['x', null]], total: undefined, exact: true },
    },
    {
      name: 'records with what names them first and what is nested last',
      structured: [{ columns: [{ n: 1 }], kind: 'table', name: 'Orders' }],
      want: {
        columns: [plain('name'), plain('kind'), plain('columns')],
        rows: [['Orders', 'table', '[{"n":1}]']],
        total: undefined,
        exact: true,
      },
    },
    { name: 'no table in a text', structured: 'hello', want: undefined },
    { name: 'no table in a list of numbers', structured: [1, 2], want: undefined },
    { name: 'no table in two lists', structured: { a: [{ x: 1 }], b: [{ y: 1 }] }, want: undefined },
    { name: 'no table without data', structured: undefined, want: undefined },
  ]
  it.each(cases)('reads $name', ({ structured, want }) => {
    expect(of(structured)).toEqual(want)
  })

  it('knows numbers that name things from numbers that measure', () => {
    const names = ['OrderID', 'year', 'ship_year', 'zip', 'RowNo', 'units', 'revenue', 'Casino', 'month']
    const table = of([Object.fromEntries(names.map((n) => [n, 1997]))])
    expect(table?.columns.filter((c) => c.measure).map((c) => c.name)).toEqual(['units', 'revenue', 'Casino'])
  })

  it.each([
    { cells: [0.1 + 0.2, 1], want: 1 },
    { cells: [12.25, 1], want: 2 },
    { cells: [1 / 3, 0.5], want: 4 },
    { cells: [1.23456], want: 4 },
    { cells: [0.299999], want: 1 },
    { cells: [1e-9], want: 0 },
    { cells: [1e21, 10, 200], want: 0 },
  ])('shows the decimals that matter, at most four: $want of $cells', ({ cells, want }) => {
    expect(of(cells.map((x) => ({ x })))?.columns[0]?.decimals).toBe(want)
  })

  it('takes digits beyond what JSON keeps exact for a number', () => {
    expect(of([{ x: '9007199254740993' }])?.columns[0]?.numeric).toBe(true)
  })
})

describe('rowCountOf', () => {
  it('is what the tool says, else what its table holds, else nothing', () => {
    expect(rowCountOf(call('c'))).toBe(1)
    expect(
      rowCountOf(call('c', { output: { text: '', isError: false, structured: [{ a: 1 }, { a: 2 }] } })),
    ).toBe(2)
    expect(rowCountOf(call('c', { output: { text: 'x', isError: false } }))).toBeUndefined()
    expect(rowCountOf(call('c', { output: { text: 'x', isError: true, rowCount: 3 } }))).toBeUndefined()
  })
})
