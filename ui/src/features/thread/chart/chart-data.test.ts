import { describe, expect, it } from 'vitest'
import { planOf } from './chart-columns'
import { chartOf, type ChartChoice, type ChartModel } from './chart-data'
import { tableOf, type TableData } from '../rows/table-data'

const table = (columns: string[], rows: unknown[][]): TableData => {
  const data = tableOf({ text: '', isError: false, structured: { columns, rows } })
  if (!data) throw new Error('not a table')
  return data
}
const chart = (data: TableData, choice: ChartChoice = {}, whole = true): ChartModel => {
  const plan = planOf(data)
  if (!plan) throw new Error('not to be drawn')
  return chartOf(data, plan, choice, whole)
}

const years = table(
  ['Year', 'Sales'],
  [
    ['1996', 208083.97],
    ['1997', 617085.2],
    ['1998', 440623.87],
  ],
)
const months = table(
  ['year', 'month', 'orders', 'revenue'],
  [
    [1996, 11, 25, 45600.05],
    [1996, 12, 31, 45239.63],
    [1997, 1, 33, 61258.07],
    [1997, 11, 34, 43533.81],
    [1997, 12, 48, 71398.43],
  ],
)
const shares = table(
  ['Shipper', 'Orders'],
  [
    ['Speedy Express', 249],
    ['United Package', 326],
    ['Federal Shipping', 255],
  ],
)

describe('chartOf', () => {
  it('draws sales by year as a line from zero', () => {
    expect(chart(years)).toEqual({
      kind: 'line',
      kinds: ['line', 'bar'],
      axis: { label: 0, timed: true },
      labels: ['1996', '1997', '1998'],
      at: [1996, 1997, 1998],
      series: [{ name: 'Sales', column: 1, values: [208083.97, 617085.2, 440623.87] }],
      ages: false,
      more: 0,
      untimed: 0,
      domain: [0, 800000],
      ticks: [0, 200000, 400000, 600000, 800000],
    })
  })

  it('draws year and month as a line for each year, the newest last', () => {
    expect(chart(months, { values: [3] })).toEqual({
      kind: 'line',
      kinds: ['line', 'bar'],
      axis: { label: 1, split: 0, timed: true },
      labels: ['1', '11', '12'],
      at: [1, 11, 12],
      series: [
        { name: 1996, column: 3, values: [null, 45600.05, 45239.63] },
        { name: 1997, column: 3, values: [61258.07, 43533.81, 71398.43] },
      ],
      ages: true,
      more: 0,
      untimed: 0,
      domain: [0, 80000],
      ticks: [0, 20000, 40000, 60000, 80000],
    })
  })

  it('draws categories as bars, or as parts of a whole', () => {
    expect(chart(shares)).toEqual({
      kind: 'bar',
      kinds: ['bar', 'pie'],
      axis: { label: 0, timed: false },
      labels: ['Speedy Express', 'United Package', 'Federal Shipping'],
      at: [0, 1, 2],
      series: [{ name: 'Orders', column: 1, values: [249, 326, 255] }],
      ages: false,
      more: 0,
      untimed: 0,
      domain: [0, 400],
      ticks: [0, 100, 200, 300, 400],
    })
    expect(chart(shares, { kind: 'pie' }).kind).toBe('pie')
  })

  const pairs = (...values: unknown[]) => values.map((value, i) => [`c${i}`, value])
  it.each<[string, TableData, boolean]>([
    ['are not all there', shares, false],
    ['hold one below zero', table(['name', 'n'], pairs(5, -1)), true],
    ['hold a zero', table(['name', 'n'], pairs(5, 0)), true],
    ['hold nothing', table(['name', 'n'], pairs(5, null)), true],
    ['are seven', table(['name', 'n'], pairs(9, 2, 3, 4, 5, 6, 7)), true],
    ['are averages', table(['name', 'avg_freight'], pairs(5, 6)), true],
    ['are prices', table(['name', 'UnitPrice'], pairs(5, 6)), true],
    [
      'are two measures',
      table(
        ['name', 'a', 'b'],
        [...pairs(5, 6)].map((p) => [...p, 7]),
      ),
      true,
    ],
  ])('draws no pie of parts that %s', (_name, data, whole) => {
    expect(chart(data, { kind: 'pie' }, whole)).toMatchObject({ kind: 'bar', kinds: ['bar'] })
  })

  it('puts times in their order and where they belong, and leaves out rows without one', () => {
    const data = table(
      ['month', 'n'],
      [
        ['1997-06', 3],
        ['1997-03', 1],
        [null, 9],
        ['1997-02', null],
      ],
    )
    expect(chart(data)).toMatchObject({
      labels: ['1997-02', '1997-03', '1997-06'],
      at: [1997 * 12 + 2, 1997 * 12 + 3, 1997 * 12 + 6],
      series: [{ values: [null, 1, 3] }],
      untimed: 1,
      more: 0,
    })
  })

  it('draws the largest of many bars, and counts the others', () => {
    const data = table(
      ['Product', 'n'],
      Array.from({ length: 43 }, (_, i) => [`p${i}`, ((i * 7) % 43) - 5]),
    )
    const { labels, series, more } = chart(data)
    expect({
      count: labels.length,
      first: labels.slice(0, 3),
      values: series[0]?.values.slice(0, 3),
      more,
    }).toEqual({
      count: 20,
      first: ['p6', 'p12', 'p18'],
      values: [37, 36, 35],
      more: 23,
    })
  })

  it('keeps the order of the result where all bars fit, and a label that is missing', () => {
    const data = table(
      ['Region', 'n'],
      [
        ['west', -4],
        [null, 6],
        ['east', null],
      ],
    )
    expect(chart(data)).toMatchObject({
      labels: ['west', null, 'east'],
      series: [{ values: [-4, 6, null] }],
      domain: [-4, 6],
      ticks: [-4, -2, 0, 2, 4, 6],
    })
  })

  it('draws columns of one size together, and others when they are asked for', () => {
    const data = table(
      ['Product', 'units', 'revenue', 'cost'],
      [
        ['Chai', 623, 141396.74, 90000],
        ['Tofu', 746, 80368.67, 50000],
        ['Konbu', 1496, 71155.7, 40000],
      ],
    )
    const names = (choice: ChartChoice) => chart(data, choice).series.map(({ name }) => name)
    expect(names({})).toEqual(['revenue', 'cost'])
    expect(names({ values: [1] })).toEqual(['units'])
    expect(names({ values: [3, 1] })).toEqual(['units', 'cost'])
    expect(names({ values: [9] })).toEqual(['revenue', 'cost'])
  })

  it('has no more series than colours, and one where it is split', () => {
    const wide = table(
      ['name', ...'abcdefgh'],
      [1, 2].map((n) => [`r${n}`, ...Array.from('abcdefgh', () => n * 3)]),
    )
    expect(chart(wide).series.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
    expect(chart(months, { values: [2, 3] }).series.map(({ column }) => column)).toEqual([2, 2])
  })

  it('draws many times as a line alone, and two rather as bars', () => {
    const days = (n: number) =>
      table(
        ['day', 'n'],
        Array.from({ length: n }, (_, i) => [
          new Date(Date.UTC(1997, 0, i + 1)).toISOString().slice(0, 10),
          (i * 7) % 11,
        ]),
      )
    expect([2, 3, 60, 61].map((n) => chart(days(n)).kinds)).toEqual([
      ['bar', 'line'],
      ['line', 'bar'],
      ['line', 'bar'],
      ['line'],
    ])
  })

  it('reads digits beyond those of a double', () => {
    const data = table(
      ['name', 'n'],
      [
        ['a', '9007199254740993'],
        ['b', 5],
      ],
    )
    expect(chart(data).series[0]?.values).toEqual([9007199254740992, 5])
  })
})
