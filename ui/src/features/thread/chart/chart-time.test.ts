import { describe, expect, it } from 'vitest'
import { timesOf, withoutMidnight } from './chart-time'
import type { Cell } from '../rows/table-data'

/** Steps from the first time, in the unit of the times. */
const steps = (cells: Cell[], column = 'label') => {
  const times = timesOf(cells, column)
  const first = times?.find((t) => t !== null) ?? 0
  return times?.map((t) => t && t - first)
}

describe('timesOf', () => {
  it.each<[string, Cell[], string, (number | null)[]]>([
    ['years in words', ['1996', '1998'], 'label', [0, 2]],
    ['years in numbers', [1996, 1998, null], 'order_year', [0, 2, null]],
    ['months', ['1997-11', '1997-12', '1998-01'], 'label', [0, 1, 2]],
    ['months without zeros', ['1997/9', '1997/10'], 'label', [0, 1]],
    ['months by name', ['Dec 1997', 'January 1998'], 'label', [0, 1]],
    ['months of any year', ['Jan', 'March', 'Sept.'], 'label', [0, 2, 8]],
    ['quarters', ['1997-Q4', '1998-Q1'], 'label', [0, 1]],
    ['quarters first', ['Q4 1997', 'Q2 1998'], 'label', [0, 2]],
    ['quarters of any year', ['Q1', 'Q3'], 'label', [0, 2]],
    ['weeks', ['1997-W09', '1997-W11'], 'label', [0, 2]],
    ['days', ['1997-02-28', '1997-03-01'], 'label', [0, 1]],
    ['days with their midnight', ['1997-02-28T00:00:00Z', '1997-03-01 00:00:00'], 'label', [0, 1]],
    ['moments', ['1997-03-01 09:00', '1997-03-01T09:01:00Z'], 'label', [0, 60_000]],
    ['numbered months', ['01', '12'], 'month', [0, 11]],
    ['numbered quarters', [1, 4], 'OrderQuarter', [0, 3]],
  ])('reads %s', (_name, cells, column, want) => {
    expect(steps(cells, column)).toEqual(want)
  })

  it.each<[string, Cell[], string]>([
    ['names', ['Chai', 'Chang'], 'label'],
    ['names that begin like months', ['Marmite', 'Mayonnaise'], 'label'],
    ['whole numbers without a name for it', [1996, 1997], 'units'],
    ['ids of four digits', ['1996', '1997'], 'PostalCode'],
    ['a mixture', ['1996', '1997-01'], 'label'],
    ['days that do not exist', ['1997-02-30', '1997-13-01'], 'label'],
    ['a thirteenth month', ['12', '13'], 'month'],
    ['nothing', [null, null], 'year'],
  ])('reads no times in %s', (_name, cells, column) => {
    expect(timesOf(cells, column)).toBeUndefined()
  })
})

it.each([
  ['1997-03-01T00:00:00.000Z', '1997-03-01'],
  ['1997-03-01 00:00', '1997-03-01'],
  ['1997-03-01 09:00', '1997-03-01 09:00'],
  ['Chai', 'Chai'],
])('withoutMidnight writes %s as %s', (label, want) => {
  expect(withoutMidnight(label)).toBe(want)
})
