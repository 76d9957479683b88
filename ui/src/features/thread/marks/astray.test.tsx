import { screen, waitFor, within } from '@testing-library/react'
import { beforeAll, describe, expect, it } from 'vitest'
import { strings } from '@/strings/thread'
import type { Mark, TextGrounding } from '@/wire/wire.gen'
import { astrayOf } from './astray'
import { answer, question, salesByYear, text } from '../sample'
import { show } from '../sample-view'

beforeAll(async () => {
  await Promise.all([import('../prose/markdown'), import('../table/result-table')])
})

const years = salesByYear('c1')
const words = 'In 1996 sales were 617,085.20 [1:2], and grew by 196.6 % in 1998. They fell by 29 %.'
const at = (part: string) => ({
  start: words.indexOf(part),
  end: words.indexOf(part) + part.length,
  text: part,
})
const source = (row: number, column = 1) => ({ call: 'c1', number: 1, rows: [row], column })
const found = (part: string, fields: Partial<Mark>): Mark => ({
  ...at(part),
  kind: 'cell',
  rounded: false,
  rescaled: false,
  weak: true,
  cited: 'absent',
  sources: [],
  ...fields,
})
const grounding: TextGrounding[] = [
  {
    textId: 't',
    report: {
      marks: [
        found('617,085.20', { astray: true, cited: 'right', sources: [source(1)] }),
        found('196.6 %', { astray: true, kind: 'growth', sources: [source(1), source(0)] }),
        found('29 %', { kind: 'growth', sources: [source(2), source(1)] }),
      ],
      notFound: [],
      citations: [{ ...at('[1:2]'), sources: [source(1, -1)], verdict: 'right' }],
      partial: false,
    },
  },
]
const messages = [question('q', '', 'What?'), answer('a', 'q', [years, text('t', words)], { grounding })]
const misplaced = '617,085.20 is in the data, but of another row than the sentence says: call 1, row 2'

describe('a figure that is right but said of another row', () => {
  it('has a mark of its own in the text, and its citation is no confirmation', async () => {
    show(messages)
    const figure = await screen.findByRole('link', { name: misplaced })
    const block = figure.closest('p')
    expect([...(block?.querySelectorAll('a') ?? [])].map((e) => [e.textContent, e.className])).toEqual([
      ['617,085.20', 'figure astray'],
      ['1:2', 'cite bare'],
      ['196.6 %', 'figure astray'],
      ['29 %', 'figure chance'],
    ])
    expect([...(block?.querySelectorAll('a') ?? [])].map((e) => e.getAttribute('aria-label'))).toEqual([
      misplaced,
      'Cited: call 1, row 2. Not confirmed: the sentence speaks of another row',
      '196.6 % is a change in the data, but not the one that the sentence tells of: call 1, rows 1–2',
      '29 %, perhaps from call 1, rows 2–3',
    ])
  })

  it('is told in the margin with its row; what may be chance is not', async () => {
    show(messages)
    await screen.findByRole('link', { name: misplaced })
    const notes = [...document.querySelectorAll('.notes .note')]
    expect(notes.map((n) => [...n.children].map((c) => c.textContent))).toEqual([
      ['≠ 1:2', 'of 1997', '617,085.20'],
      ['≠ 1:1–2', 'another change', '196.6 %'],
    ])
  })

  it('is told below the answer, with a way to its row', async () => {
    const { user } = show(messages)
    const lines = await screen.findAllByRole('listitem')
    expect(lines.map((li) => li.textContent).filter((line) => line.includes('in the data'))).toEqual([
      '617,085.20 is in the data, but of another row than the sentence says: call 1, row 2 (1997).',
      '196.6 % is a change in the data, but not the one that the sentence tells of: call 1, rows 1–2 (1996, 1997).',
    ])
    const row = screen.getByRole('link', { name: 'call 1, row 2 (1997)' })
    await user.click(row)
    await waitFor(() => expect(screen.getByRole('row', { name: /1997/ })).toHaveFocus())
    expect(screen.getByRole('row', { name: /1997/ })).toHaveClass('cited')
    await user.keyboard('{Escape}')
    expect(row).toHaveFocus()
  })

  it('is told once, and of many the first', async () => {
    const many = Array.from({ length: 9 }, (_, i) => `${i + 1}00.5`)
    const sentence = `${many.join(', ')}, ${many.join(', ')}`
    const marks = [...sentence.matchAll(/\d+\.5/g)].map(({ 0: figure, index }) =>
      found('', {
        start: index,
        end: index + figure.length,
        text: figure,
        astray: true,
        sources: [source(0)],
      }),
    )
    const report = { marks, notFound: [], citations: [], partial: false }
    const message = answer('a', 'q', [years, text('t', sentence)], { grounding: [{ textId: 't', report }] })
    expect(astrayOf(message)).toHaveLength(9)
    show([question('q', '', 'What?'), message])
    const line = await screen.findByText(/^100.5 is in the data/)
    const list = within(line.closest('ul') as HTMLElement)
    expect(list.getAllByRole('listitem')).toHaveLength(6)
    expect(
      list.getByText('4 more figures are in the data, but of other rows than the text says.'),
    ).toBeVisible()
  })
})

it.each([
  [
    { text: '600k', derived: 'cell', places: [{ call: 1, rows: [1, 2] }], rounded: true },
    '600k is in the data, rounded, but of other rows than the sentence says',
    'of 1997, 1998',
  ],
  [
    { text: '19 %', derived: 'share', places: [{ call: 1, rows: null }], rounded: true },
    '19 % is a share in the data, but not the one that the sentence tells of',
    'another share',
  ],
] as const)('says what %j is', (figure, want, label) => {
  const one = { ...figure, places: [...figure.places] }
  expect(strings.astray(one)).toBe(want)
  expect(strings.another(one, '1997, 1998')).toBe(label)
})
