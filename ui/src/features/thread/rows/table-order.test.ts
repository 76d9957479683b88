import { describe, expect, it } from 'vitest'
import { tableOf, type Cell } from './table-data'
import { barScale, compareCells, filterRows, rankedBy } from './table-order'

const table = (structured: unknown) => {
  const data = tableOf({ text: '', isError: false, structured })
  if (!data) throw new Error('not a table')
  return data
}

describe('compareCells', () => {
  const cases: { name: string; cells: Cell[]; want: Cell[] }[] = [
    { name: 'numbers by value', cells: [10, 9, -1, 2.5], want: [-1, 2.5, 9, 10] },
    {
      name: 'text by its numbers and without regard to case',
      cells: ['b10', 'B9', 'a'],
      want: ['a', 'B9', 'b10'],
    },
    { name: 'digits among numbers by value', cells: ['9007199254740993', 5], want: [5, '9007199254740993'] },
    {
      name: 'neighbours that a double cannot tell apart',
      cells: ['9007199254740993', '9007199254740992'],
      want: ['9007199254740992', '9007199254740993'],
    },
    { name: 'false before true', cells: [true, false], want: [false, true] },
  ]
  it.each(cases)('orders $name', ({ cells, want }) => {
    expect(cells.toSorted(compareCells)).toEqual(want)
  })
})

describe('rankedBy', () => {
  it('is the last measure that falls', () => {
    expect(
      rankedBy(
        table([
          { n: 'a', x: 9, y: 3 },
          { n: 'b', x: 8, y: 2 },
          { n: 'c', x: 7, y: 2 },
        ]),
      ),
    ).toBe(2)
  })
  it.each([
    { name: 'rises', rows: [{ x: 1 }, { x: 2 }, { x: 3 }] },
    { name: 'stays', rows: [{ x: 2 }, { x: 2 }, { x: 2 }] },
    { name: 'is an id', rows: [{ OrderID: 3 }, { OrderID: 2 }, { OrderID: 1 }] },
    { name: 'has a gap', rows: [{ x: 3 }, { x: null }, { x: 1 }] },
    { name: 'is too short to be a ranking', rows: [{ x: 3 }, { x: 1 }] },
  ])('is nothing where the measure $name', ({ rows }) => {
    expect(rankedBy(table(rows))).toBeUndefined()
  })
})

describe('barScale', () => {
  it('is the largest value of a measure, and nothing below zero, for names or for zeros', () => {
    const t = table([
      { a: 5, b: -1, year: 1997, d: 0, e: 'x' },
      { a: null, b: 2, year: 1998, d: 0, e: 'y' },
    ])
    expect(t.columns.map((c, i) => barScale(c, t.rows, i))).toEqual([
      5,
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })
})

describe('filterRows', () => {
  it('keeps the numbers of the rows that it keeps', () => {
    expect(
      filterRows(
        [
          ['Chai', 1],
          ['Tofu', null],
          ['chAng', 12],
        ],
        ' CHA',
      ),
    ).toEqual([
      { number: 1, cells: ['Chai', 1] },
      { number: 3, cells: ['chAng', 12] },
    ])
    expect(
      filterRows(
        [
          ['Chai', 1],
          ['Tofu', null],
        ],
        'null',
      ),
    ).toEqual([])
  })

  it.each<[string, number[]]>([
    ['617,085.20', [2]],
    ['617085.20', [2]],
    ['617085.2', [2]],
    ['85.20', [2]],
    ['1,997', []],
    ['1997', [2]],
  ])('finds %s as it is, and as it is written', (words, want) => {
    const data = table({
      columns: ['Year', 'Sales'],
      rows: [
        [1996, 208083.97],
        [1997, 617085.2],
      ],
    })
    const found = filterRows(data.rows, words, [
      String,
      (n) => Number(n).toLocaleString('en', { minimumFractionDigits: 2 }),
    ])
    expect(found.map(({ number }) => number)).toEqual(want)
  })
})
