import { describe, expect, it } from 'vitest'
import { csvOf } from './csv'
import type { Cell } from './table-data'

const columns = [{ name: 'a', numeric: false, measure: false, decimals: 0 }]
const cases: { name: string; cell: Cell; want: string }[] = [
  { name: 'plain text', cell: 'Chai', want: 'Chai' },
  { name: 'a number, without separators', cell: 141396.74, want: '141396.74' },
  { name: 'a negative number, which is no formula', cell: -5, want: '-5' },
  { name: 'a negative number in a text', cell: '-5.25', want: '-5.25' },
  { name: 'a truth value', cell: true, want: 'true' },
  { name: 'NULL as nothing', cell: null, want: '' },
  { name: 'an empty text apart from NULL', cell: '', want: '""' },
  { name: 'a comma, quoted', cell: 'a,b', want: '"a,b"' },
  { name: 'a quote, doubled', cell: 'a "b"', want: '"a ""b"""' },
  { name: 'a line break, quoted', cell: 'a\nb', want: '"a\nb"' },
  { name: 'space at an end, quoted', cell: ' a', want: '" a"' },
  { name: 'a formula, defused', cell: '=HYPERLINK("x")', want: '"\'=HYPERLINK(""x"")"' },
  { name: 'other ways to begin one', cell: '@SUM(1)', want: "'@SUM(1)" },
  { name: 'a plus that is no number', cell: '+49 30', want: "'+49 30" },
  { name: 'a dash that is no number', cell: '-1+2', want: "'-1+2" },
  { name: 'a formula behind a tab', cell: '\t=1', want: "'\t=1" },
]

describe('csvOf', () => {
  it.each(cases)('writes $name', ({ cell, want }) => {
    expect(csvOf({ columns, rows: [[cell]] })).toBe(`a\r\n${want}\r\n`)
  })

  it('defuses names of columns too', () => {
    expect(csvOf({ columns: [{ name: '=x', numeric: false, measure: false, decimals: 0 }], rows: [] })).toBe(
      "'=x\r\n",
    )
  })
})
