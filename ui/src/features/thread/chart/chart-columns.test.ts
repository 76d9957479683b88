import { describe, expect, it } from 'vitest'
import { planOf, type ChartPlan } from './chart-columns'
import { tableOf } from '../rows/table-data'

const plan = (columns: string[], rows: unknown[][]): ChartPlan | undefined => {
  const data = tableOf({ text: '', isError: false, structured: { columns, rows } })
  if (!data) throw new Error('not a table')
  return planOf(data)
}

describe('planOf', () => {
  it.each<[string, string[], unknown[][], ChartPlan]>([
    [
      'a name and a measure',
      ['name', 'n'],
      [
        ['a', 3],
        ['b', 4],
      ],
      { axes: [{ label: 0, timed: false }], measures: [1] },
    ],
    [
      'an id, never as a measure',
      ['order_id', 'freight'],
      [
        [10248, 32.38],
        [10249, 11.61],
      ],
      { axes: [{ label: 0, timed: false }], measures: [1] },
    ],
    [
      'years that are whole numbers, as times',
      ['OrderYear', 'n'],
      [
        [1996, 152],
        [1997, 408],
      ],
      { axes: [{ label: 0, timed: true }], measures: [1] },
    ],
    [
      'what is named, before what has a number',
      ['ProductID', 'ProductName', 'units'],
      [
        [1, 'Chai', 3],
        [2, 'Chang', 4],
      ],
      {
        axes: [
          { label: 1, timed: false },
          { label: 0, timed: false },
        ],
        measures: [2],
      },
    ],
    [
      'what is named, not a day that is the same in every row',
      ['rank', 'customer', 'sales', 'data from'],
      [
        [1, 'QUICK-Stop', 61109.91, '1997-01-01'],
        [2, 'Save-a-lot', 57713.57, '1997-01-01'],
        [3, 'Ernst Handel', 48096.26, '1997-01-01'],
      ],
      {
        axes: [
          { label: 1, timed: false },
          { label: 0, timed: false },
        ],
        measures: [2],
      },
    ],
    [
      'times in their order, before names',
      ['name', 'day', 'n'],
      [
        ['a', '1997-01-01', 3],
        ['b', '1997-01-02', 4],
        ['c', '1997-01-05', 4],
      ],
      {
        axes: [
          { label: 1, timed: true },
          { label: 0, timed: false },
        ],
        measures: [2],
      },
    ],
    [
      'times in no order, after names',
      ['name', 'HireDate', 'pay'],
      [
        ['a', '1997-01-09', 3],
        ['b', '1992-01-02', 4],
        ['c', '1997-02-05', 4],
      ],
      {
        axes: [
          { label: 0, timed: false },
          { label: 1, timed: true },
        ],
        measures: [2],
      },
    ],
    [
      'names in years, as a line for each name or bars for each year',
      ['shipper', 'year', 'n'],
      [
        ['a', 1996, 3],
        ['a', 1997, 4],
        ['b', 1996, 5],
        ['b', 1997, 6],
      ],
      {
        axes: [
          { label: 1, split: 0, timed: true },
          { label: 0, split: 1, timed: false },
        ],
        measures: [2],
      },
    ],
    [
      'a numbered hour',
      ['hour', 'n'],
      [
        [9, 30],
        [10, 40],
      ],
      { axes: [{ label: 0, timed: true }], measures: [1] },
    ],
  ])('finds %s', (_name, columns, rows, want) => {
    expect(plan(columns, rows)).toEqual(want)
  })

  it.each<[string, string[], unknown[][]]>([
    ['is one row', ['name', 'n'], [['a', 3]]],
    ['has no rows', ['name', 'n'], []],
    [
      'measures nothing',
      ['name', 'city'],
      [
        ['a', 'x'],
        ['b', 'y'],
      ],
    ],
    [
      'has ids alone',
      ['order_id', 'customer_id'],
      [
        [1, 2],
        [2, 2],
      ],
    ],
    [
      'has measures alone',
      ['a', 'b'],
      [
        [1, 2],
        [5, 2],
      ],
    ],
    [
      'repeats its labels',
      ['city', 'n'],
      [
        ['x', 1],
        ['x', 2],
        ['y', 7],
      ],
    ],
    [
      'has labels that are missing',
      ['name', 'n'],
      [
        [null, 3],
        [null, 4],
      ],
    ],
    [
      'has numbers that only count the rows',
      ['cid', 'column'],
      [
        [0, 'a'],
        [1, 'b'],
        [2, 'c'],
        [3, 'd'],
      ],
    ],
    [
      'has flags',
      ['column', 'pk'],
      [
        ['a', 1],
        ['b', 0],
        ['c', 0],
        ['d', 0],
      ],
    ],
    [
      'would need too many series',
      ['year', 'city', 'n'],
      Array.from({ length: 14 }, (_, i) => [1996 + (i % 2), `c${Math.floor(i / 2) % 7}`, 5 + i]).map(
        (row, i) => (i === 0 ? [1997, 'c1', 5] : row),
      ),
    ],
  ])('finds nothing in a result that %s', (_name, columns, rows) => {
    expect(plan(columns, rows)).toBeUndefined()
  })
})
