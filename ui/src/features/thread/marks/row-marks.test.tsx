import { act, render, screen, waitFor, within } from '@testing-library/react'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Mark, Message, Report } from '@/wire/wire.gen'
import { rowMarksOf } from './figures'
import { MarksContext, withMarks } from './marks'
import { Markdown } from '../prose/markdown'
import { answer, call, question, salesByYear, text } from '../sample'
import { show } from '../sample-view'

beforeAll(async () => {
  await Promise.all([import('../prose/markdown'), import('../table/result-table')])
})

const years = salesByYear('c1')
const words =
  'In 1997 sales were **617,085.20**, after 208,083.97 [1:1] and 9.99 [1:3]. That is `[1:2]`, 49 % of all [1:9].'
const at = (part: string) => ({
  start: words.indexOf(part),
  end: words.indexOf(part) + part.length,
  text: part,
})
const source = (rows: number[] | null, column = 1) => [{ call: 'c1', number: 1, rows, column }]
const found = (part: string, rows: number[] | null, fields: Partial<Mark> = {}): Mark => ({
  ...at(part),
  kind: 'cell',
  rounded: false,
  rescaled: false,
  weak: false,
  cited: 'absent',
  sources: source(rows),
  ...fields,
})
const report: Report = {
  marks: [
    found('1997', [1], { sources: source([1], 0) }),
    found('617,085.20', [1]),
    found('208,083.97', [0], { cited: 'right' }),
    found('49 %', null, { kind: 'share', sources: [...source([1]), ...source(null)] }),
  ],
  notFound: [],
  citations: [
    { ...at('[1:1]'), sources: source([0], -1), verdict: 'right' },
    { ...at('[1:3]'), sources: source([2], -1), verdict: 'wrong', problem: 'not-found' },
    { ...at('[1:9]'), sources: [], verdict: 'wrong', problem: 'no-rows' },
  ],
  partial: false,
}
const messages = (grounding: Message['grounding'] = [{ textId: 't', report }]) => [
  question('q', '', 'What?'),
  answer('a', 'q', [years, text('t', words)], { grounding }),
]

describe('marks of rows', () => {
  it('make links of figures and citations, and leave names, code and the words alone', async () => {
    show(messages())
    const figure = await screen.findByRole('link', { name: '617,085.20, from call 1, row 2' })
    const block = figure.closest('p')
    expect([...(block?.querySelectorAll('a, .cite') ?? [])].map((e) => [e.textContent, e.className])).toEqual(
      [
        ['617,085.20', 'figure'],
        ['1:1', 'cite'],
        ['1:3', 'cite off'],
        ['49 %', 'figure'],
        ['1:9', 'cite off'],
      ],
    )
    expect(block).toHaveTextContent(
      'In 1997 sales were 617,085.20, after 208,083.971:1 and 9.991:3. That is [1:2], 49 % of all1:9.',
    )
    expect(figure.closest('strong')).toBeInTheDocument()
    expect(screen.getByRole('link', { name: 'Cited: call 1, row 1' })).toBeInTheDocument()
    expect(
      screen.getByRole('link', {
        name: 'Cited: call 1, row 3. Not confirmed: the figure is not in the data',
      }),
    ).toBeInTheDocument()
    expect(
      screen.getByRole('img', { name: 'Cited: 1:9. Not confirmed: there is no such row' }),
    ).toBeInTheDocument()
  })

  it('lead to the row, which has the focus and is marked, and Escape leads back', async () => {
    const { user } = show(messages())
    const figure = await screen.findByRole('link', { name: /^617,085.20/ })
    await user.click(figure)
    const row = await screen.findByRole('row', { name: /1997/ })
    await waitFor(() => expect(row).toHaveFocus())
    expect(screen.getByRole('button', { name: /read_query/ })).toHaveAttribute('aria-expanded', 'true')
    expect(row).toHaveClass('cited')
    expect(screen.getByRole('row', { name: /1998/ })).not.toHaveClass('cited')
    const aimed = () => [...document.querySelectorAll('td.aimed')].map((cell) => cell.textContent)
    expect(aimed()).toEqual(['617,085.20'])
    await user.keyboard('{Escape}')
    expect(figure).toHaveFocus()
    expect(aimed()).toEqual(['617,085.20'])
    await user.tab()
    expect(aimed()).toEqual([])
  })

  it('open a call that shows something else, and one that was closed', async () => {
    const { user } = show(messages())
    const figure = await screen.findByRole('link', { name: /^617,085.20/ })
    await user.click(screen.getByRole('button', { name: /read_query/ }))
    await user.click(await screen.findByRole('tab', { name: 'Raw' }))
    await user.click(figure)
    await waitFor(() => expect(screen.getByRole('row', { name: /1997/ })).toHaveFocus())
    await user.click(screen.getByRole('button', { name: /read_query/ }))
    await user.click(figure)
    await waitFor(() => expect(screen.getByRole('row', { name: /1997/ })).toHaveFocus())
  })

  it('lead to the line of a call whose result is no table', async () => {
    const plain = call('c1', { output: { text: 'Sales were 5', isError: false } })
    const { user } = show([
      question('q', '', 'What?'),
      answer('a', 'q', [plain, text('t', 'It was 5 [1:1].')], { status: 'stopped' }),
    ])
    await user.click(await screen.findByRole('link', { name: 'Cited: call 1, row 1' }))
    await waitFor(() => expect(screen.getByRole('button', { name: /read_query/ })).toHaveFocus())
  })

  it('are repeated in the margin for the eye alone', async () => {
    show(messages())
    await screen.findByRole('link', { name: /^617,085.20/ })
    const notes = document.querySelector<HTMLElement>('.notes')
    expect(notes).toHaveAttribute('aria-hidden', 'true')
    expect(
      [...(notes?.querySelectorAll('.note') ?? [])].map((n) => [...n.children].map((c) => c.textContent)),
    ).toEqual([
      ['1:2', '1997', '617,085.20'],
      ['1:1', '1996', '208,083.97'],
      ['1', 'Share', '49 %'],
    ])
    for (const note of within(notes as HTMLElement).getAllByRole('link', { hidden: true })) {
      expect(note).toHaveAttribute('tabindex', '-1')
    }
  })

  it('say beside a figure where it stands, once for each place of a block, and change no word', async () => {
    show(messages())
    const figure = await screen.findByRole('link', { name: /^617,085.20/ })
    const told = [...document.querySelectorAll('.prose .figure')]
    expect(told.map((e) => [e.textContent, e.getAttribute('data-at')])).toEqual([
      ['617,085.20', '1:2'],
      ['49 %', '1'],
    ])
    expect(figure.closest('p')).not.toHaveTextContent('617,085.201:2')
  })

  it('point at cells, and at the line of a call that is closed', async () => {
    const { user } = show(messages())
    const line = document.querySelector('#call-1')
    await user.hover(await screen.findByRole('link', { name: /^617,085.20/ }))
    expect(line).toHaveClass('aimed')
    await user.unhover(screen.getByRole('link', { name: /^617,085.20/ }))
    expect(line).not.toHaveClass('aimed')
    await user.click(screen.getByRole('button', { name: /read_query/ }))
    await screen.findByRole('row', { name: /1997/ })
    await user.hover(screen.getByRole('link', { name: /^49 %/ }))
    const aimed = [...document.querySelectorAll('td.aimed')].map((cell) => cell.textContent)
    expect(aimed.toSorted()).toEqual(['208,083.97', '440,623.87', '617,085.20'])
  })

  it('find calls of earlier turns that are not drawn yet', async () => {
    const early = [question('q0', '', 'First?'), answer('a0', 'q0', [years])]
    const between = Array.from({ length: 40 }, (_, i) => [
      question(`q${i + 1}`, i === 0 ? 'a0' : `a${i}`, `And ${i}?`),
      answer(`a${i + 1}`, `q${i + 1}`, [text(`t${i + 1}`, i === 39 ? words : 'No.')], {
        grounding: i === 39 ? [{ textId: 't40', report }] : [],
      }),
    ]).flat()
    const { user } = show([...early, ...between])
    expect(screen.queryByText('First?')).toBeNull()
    await user.click(await screen.findByRole('link', { name: /^617,085.20/ }))
    await waitFor(() => expect(screen.getByRole('row', { name: /1997/ })).toHaveFocus())
    expect(screen.getByText('First?')).toBeInTheDocument()
  })
})

describe('marks while text streams', () => {
  const drawn = (written: string, streaming: boolean, checked?: Report) => {
    const marks = rowMarksOf(written, checked, 1)
    return (
      <MarksContext value={new Map(marks.map((m) => [m.id, m]))}>
        <Markdown text={withMarks(written, marks, streaming)} streaming={streaming} />
      </MarksContext>
    )
  }

  it('never show half of a citation, and change no word when the engine has spoken', () => {
    const view = render(drawn('', true))
    for (let end = 1; end <= words.length; end++) {
      view.rerender(drawn(words.slice(0, end), true))
      expect(view.container.textContent.replace('[1:2]', '')).not.toMatch(/\[|[\ue000-\ue005]/)
    }
    view.rerender(drawn(words, false))
    const before = view.container.querySelector('.block')?.firstElementChild?.textContent
    const chips = [...view.container.querySelectorAll('.cite')].map((c) => c.textContent)
    act(() => view.rerender(drawn(words, false, report)))
    expect(view.container.querySelector('.block')?.firstElementChild?.textContent).toBe(before)
    expect([...view.container.querySelectorAll('p .cite')].map((c) => c.textContent)).toEqual(chips)
  })

  it('leave blocks alone that have none', () => {
    const two = `Nothing here.\n\n${words}`
    const view = render(drawn(two, false))
    const first = view.container.querySelector('p')
    const marked = { ...report, marks: [], citations: [] }
    view.rerender(drawn(two, false, marked))
    expect(view.container.querySelector('p')).toBe(first)
  })
})
