// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { cellFormat, formatDuration, formatElapsed } from './format'

describe('formatDuration', () => {
  it.each([
    [0, '<1 ms'],
    [0.9, '<1 ms'],
    [1, '1 ms'],
    [57.4, '57 ms'],
    [999, '999 ms'],
    [1_000, '1.0 s'],
    [1_234, '1.2 s'],
    [9_949, '9.9 s'],
    [9_950, '10 s'],
    [60_000, '60 s'],
    [99_499, '99 s'],
    [99_500, '1:40 min'],
    [125_000, '2:05 min'],
  ])('writes %d ms as %s', (ms, want) => {
    expect(formatDuration(ms)).toBe(want)
  })
})

describe('formatElapsed', () => {
  it.each([
    [-5, '0:00'],
    [999, '0:00'],
    [12_000, '0:12'],
    [83_000, '1:23'],
    [3_723_000, '1:02:03'],
  ])('writes %d ms as %s', (ms, want) => {
    expect(formatElapsed(ms)).toBe(want)
  })
})

describe('cellFormat', () => {
  const numeric = (measure: boolean, decimals = 0) => ({ name: 'x', numeric: true, measure, decimals })
  it.each([
    { name: 'measures with separators', format: cellFormat(numeric(true)), cell: 1496, want: '1,496' },
    {
      name: 'measures with one number of decimals',
      format: cellFormat(numeric(true, 2)),
      cell: 71155.7,
      want: '71,155.70',
    },
    { name: 'names of things as they are', format: cellFormat(numeric(false)), cell: 1997, want: '1997' },
    {
      name: 'integers beyond a double exactly',
      format: cellFormat(numeric(true)),
      cell: '9007199254740993',
      want: '9,007,199,254,740,993',
    },
    {
      name: 'what is too small to show as it is',
      format: cellFormat(numeric(true, 4)),
      cell: 0.00001,
      want: '0.00001',
    },
    { name: 'zero as zero', format: cellFormat(numeric(true, 4)), cell: 0, want: '0.0000' },
    {
      name: 'text as it is',
      format: cellFormat({ ...numeric(false), numeric: false }),
      cell: '1996',
      want: '1996',
    },
  ])('writes $name', ({ format, cell, want }) => {
    expect(format(cell)).toBe(want)
  })
})
