import { describe, expect, it } from 'vitest'
import type { Citation, Mark, Report } from '@/wire/wire.gen'
import { placesOf, rowMarksOf, withCited, writePlaces, writeRows } from './figures'

const text = 'Sales: 12 in 1996 [1:2], 87 [1:3], 7.'
const at = (words: string) => ({
  start: text.indexOf(words),
  end: text.indexOf(words) + words.length,
  text: words,
})
const source = (number: number, rows: number[] | null, column = 1) => ({
  call: `c${number}`,
  number,
  rows,
  column,
})
const found = (words: string, fields: Partial<Mark> = {}): Mark => ({
  ...at(words),
  kind: 'cell',
  rounded: false,
  rescaled: false,
  weak: false,
  cited: 'absent',
  sources: [source(1, [4])],
  ...fields,
})
const report = (fields: Partial<Report>): Report => ({
  marks: [],
  citations: [],
  notFound: [],
  partial: false,
  ...fields,
})

describe('rowMarksOf', () => {
  it('marks figures that nobody cites, and citations with what became of them', () => {
    const marks = rowMarksOf(
      text,
      report({
        marks: [
          found('12', { cited: 'right' }),
          found('1996', { weak: true, sources: [source(1, [0])] }),
          found('87', { cited: 'wrong' }),
          found('7.', { kind: 'given', sources: [] }),
        ],
        citations: [
          { ...at('[1:2]'), sources: [source(1, [1], -1)], verdict: 'right' },
          { ...at('[1:3]'), sources: [source(1, [2], -1)], verdict: 'wrong', problem: 'elsewhere' },
        ],
      }),
      1,
    )
    expect(marks).toEqual([
      {
        kind: 'figure',
        id: 'f13',
        ...at('1996'),
        derived: 'cell',
        places: [{ call: 1, rows: [0], cells: [{ rows: [0], column: 1 }] }],
        doubt: 'chance',
        rounded: false,
      },
      {
        kind: 'citation',
        id: 'c18',
        start: 18,
        end: 23,
        text: '1:2',
        places: [{ call: 1, rows: [1] }],
        figure: '12',
        problem: undefined,
      },
      {
        kind: 'figure',
        id: 'f25',
        ...at('87'),
        derived: 'cell',
        places: [{ call: 1, rows: [4], cells: [{ rows: [4], column: 1 }] }],
        rounded: false,
      },
      {
        kind: 'citation',
        id: 'c28',
        start: 28,
        end: 33,
        text: '1:3',
        places: [{ call: 1, rows: [2] }],
        figure: undefined,
        problem: 'elsewhere',
      },
    ])
  })

  it('names the figure that a confirmed citation is about', () => {
    const words = 'It was 12 [1:2].'
    const marks = rowMarksOf(
      words,
      report({
        marks: [found('12', { start: 7, end: 9, cited: 'right' })],
        citations: [{ start: 10, end: 15, text: '[1:2]', sources: [source(1, [1], -1)], verdict: 'right' }],
      }),
      1,
    )
    expect(marks.map((m) => m.kind === 'citation' && m.figure)).toEqual(['12'])
  })

  it('doubts a figure that is said of another row, and the citation that confirms its value', () => {
    const words = 'It was 12 [1:2] in 1998.'
    const marks = rowMarksOf(
      words,
      report({
        marks: [found('12', { start: 7, end: 9, cited: 'right', weak: true, astray: true })],
        citations: [{ start: 10, end: 15, text: '[1:2]', sources: [source(1, [4], -1)], verdict: 'right' }],
      }),
      1,
    )
    expect(marks.map((m) => (m.kind === 'figure' ? [m.text, m.doubt] : [m.figure, m.problem]))).toEqual([
      ['12', 'astray'],
      [undefined, 'astray'],
    ])
  })

  it('leads to both operands of what was computed, and to one of equally good places', () => {
    const sources = [source(2, [0]), source(3, [5])]
    const marks = rowMarksOf(
      text,
      report({ marks: [found('12', { kind: 'share', sources }), found('87', { sources })] }),
      3,
    )
    expect(marks.map((m) => writePlaces(m.places))).toEqual(['2:1; 3:6', '2:1'])
  })

  it.each([
    ['5 [1:3]', '1:3'],
    ['5 [1:2-4]', '1:2–4'],
    ['5 [1:2–4,6; 2:*]', '1:2–4, 6; 2'],
    ['5 [1:3, 2:1]', '1:3; 2:1'],
    ['5 [ 1 : 3 ]', '1:3'],
  ])('reads citations as they stand until the engine has spoken: %j', (words, want) => {
    expect(rowMarksOf(words, undefined, 2).map((m) => writePlaces(m.places))).toEqual([want])
    expect(rowMarksOf(words, report({}), 2)).toEqual([])
  })

  it.each(['at [10:30]', '[0:1]', '[1:2](https://x.example)', '[1]', '[1:]', '[1:a]', '[1:2', '[3:1]'])(
    'takes %j for words',
    (words) => {
      expect(rowMarksOf(words, undefined, 2)).toEqual([])
    },
  )

  it('is done with hostile text at once', () => {
    expect(rowMarksOf(`[${'1:1,1 '.repeat(20_000)}`, undefined, 2)).toEqual([])
  })
})

describe('places', () => {
  it('are written with ranges, and cut where there are many', () => {
    expect(writeRows([0, 1, 2, 5])).toBe('1–3, 6')
    expect(writeRows([0, 2, 4, 6, 8, 10])).toBe('1, 3, 5, 7, …')
  })

  it('hold each call once, as a whole if any source is', () => {
    const rows = (number: number, of: number[] | null) => source(number, of, -1)
    expect(placesOf([rows(1, [3]), rows(1, [1, 3]), rows(2, [0]), rows(2, null)])).toEqual([
      { call: 1, rows: [1, 3] },
      { call: 2, rows: null },
    ])
  })

  it('know the cells, unless a source is of rows as such', () => {
    expect(placesOf([source(1, [3], 2), source(1, [3], 0), source(2, null, 1), source(2, [1], -1)])).toEqual([
      {
        call: 1,
        rows: [3],
        cells: [
          { rows: [3], column: 2 },
          { rows: [3], column: 0 },
        ],
      },
      { call: 2, rows: null },
    ])
  })
})

it('rows are cited by figures without doubt and by citations that are right, in all texts', () => {
  const wrong: Citation = {
    ...at('[1:3]'),
    sources: [source(1, [2])],
    verdict: 'wrong',
    problem: 'elsewhere',
  }
  const right: Citation = { ...at('[1:2]'), sources: [source(1, [1])], verdict: 'right' }
  const checked = [
    { textId: 'a', report: report({ marks: [found('12')], citations: [wrong] }) },
    { textId: 'c', report: report({ marks: [found('87', { weak: true, sources: [source(1, [7])] })] }) },
    { textId: 'b', report: report({ citations: [right] }) },
  ]
  expect([...withCited(new Map([[2, new Set([9])]]), checked)]).toEqual([
    [2, new Set([9])],
    [1, new Set([4, 1])],
  ])
})
