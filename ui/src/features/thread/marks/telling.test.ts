import { describe, expect, it } from 'vitest'
import { withMarks, type CitationMark, type FigureMark, type Mark } from './marks'
import { tellingIn } from './telling'

const text = '12, 34, 34 again [1:2], 56, 78 and 90.'
const figure = (words: string, rows: number[] | null, fields: Partial<FigureMark> = {}): FigureMark => {
  const start = text.indexOf(words)
  return {
    kind: 'figure',
    id: `f${start}`,
    start,
    end: start + words.length,
    text: words,
    derived: 'cell',
    places: [{ call: 1, rows }],
    rounded: false,
    ...fields,
  }
}
const citation = (rows: number[], problem?: CitationMark['problem']): CitationMark => {
  const start = text.indexOf('[1:2]')
  return {
    kind: 'citation',
    id: `c${start}`,
    start,
    end: start + 5,
    text: '1:2',
    places: [{ call: 1, rows }],
    figure: undefined,
    problem,
  }
}
const told = (...marks: Mark[]) => [
  ...tellingIn(
    withMarks(
      text,
      marks.toSorted((a, b) => a.start - b.start),
      false,
    ),
    new Map(marks.map((m) => [m.id, m])),
    () => undefined,
  ),
]

describe('what figures tell of their places', () => {
  it.each<[string, Mark[], [string, string][]]>([
    ['a row', [figure('12', [0])], [['f0', '1:1']]],
    ['a call as a whole', [figure('12', null)], [['f0', '1']]],
    ['the first range of several', [figure('12', [0, 1, 4])], [['f0', '1:1–2…']]],
    [
      'places in two calls',
      [
        figure('12', null, {
          places: [
            { call: 1, rows: [3] },
            { call: 2, rows: [0] },
          ],
        }),
      ],
      [['f0', '1:4 2:1']],
    ],
    [
      'each place once',
      [figure('12', [0]), figure('56', [0]), figure('78', [1])],
      [
        ['f0', '1:1'],
        [`f${text.indexOf('78')}`, '1:2'],
      ],
    ],
    ['nothing that their author cites', [figure('34', [1]), citation([1])], []],
    ['what their author cites in vain', [figure('34', [1]), citation([1], 'no-figure')], [['f4', '1:2']]],
    ['nothing that may be chance', [figure('12', [0], { doubt: 'chance' })], []],
    ['that they are of another row', [figure('12', [0], { doubt: 'astray' })], [['f0', '≠1:1']]],
  ])('is %s', (_, marks, want) => expect(told(...marks)).toEqual(want))

  it('is told of the marks of this block alone', () => {
    const marks = new Map([['f0', figure('12', [0])]])
    expect(tellingIn('No mark in it.', marks, () => undefined).size).toBe(0)
  })
})
