import { render, screen, waitFor } from '@testing-library/react'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Mark } from '@/wire/wire.gen'

// What reads or writes numbers, as readers of other locales see it. Each has the page's modules anew.
describe.each([
  ['de-DE', { cell: '617.085,20', typed: '617085,2', exact: '0,30000000000000004', time: '15:00:01' }],
  ['ar-EG', { cell: '٦١٧٬٠٨٥٫٢٠', typed: '٦١٧٠٨٥٫٢', exact: '٠٫٣٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٤', time: '٣:٠٠:٠١ pm' }],
  ['hi-IN', { cell: '6,17,085.20', typed: '617085.2', exact: '0.30000000000000004', time: '3:00:01 pm' }],
])('for a reader of %s', (language, { cell, typed, exact, time }) => {
  let page: Awaited<ReturnType<typeof pageOf>>
  const own = Object.getOwnPropertyDescriptor(navigator, 'language')
  beforeAll(async () => {
    Object.defineProperty(navigator, 'language', { value: language, configurable: true })
    page = await pageOf()
  })
  afterAll(() => Object.defineProperty(navigator, 'language', own ?? {}))

  const years = [
    ['1996', 208083.97],
    ['1997', 617085.2],
    ['1998', 440623.87],
  ]
  const table = (rows: unknown[][], words = '') => {
    const data = page.tableOf({ text: '', isError: false, structured: { columns: ['Year', 'Sales'], rows } })
    if (!data) throw new Error('no table')
    render(<page.DataTable data={data} name="T" words={words} limit={Infinity} />)
    return [...document.querySelectorAll('td.n')].map((td) => td.textContent)
  }

  it('cells are written their way, and nothing is said to be missing of one that is whole', () => {
    expect(table(years)).toContain(cell)
    expect(document.querySelectorAll('td[title]')).toHaveLength(0)
  })

  it('a cell that is cut has all of its digits at hand', () => {
    table([['1996', 0.1 + 0.2]])
    expect(document.querySelector('td.n')).toHaveAttribute('title', exact)
  })

  it.each([
    ['as it is seen', () => cell],
    ['without what groups its digits', () => typed],
    ['as the data hold it', () => '617085.2'],
  ])('a row is found by its number, %s', (_name, words) => expect(table(years, words())).toEqual([cell]))

  it('a figure of the answer stands as it was written, and leads to its cell', async () => {
    const { answer, call, question, salesByYear, show, text } = page
    const words = 'In 1997 we sold 617,085.20.'
    const start = words.indexOf('617')
    const mark: Mark = {
      start,
      end: words.length - 1,
      text: '617,085.20',
      kind: 'cell',
      rounded: false,
      rescaled: false,
      weak: false,
      cited: 'absent',
      sources: [{ call: 'c1', number: 1, rows: [1], column: 1 }],
    }
    const report = { marks: [mark], notFound: [], citations: [], partial: false }
    const sales = { ...call('c1'), ...salesByYear('c1') }
    const { user } = show([
      question('q', '', 'What?'),
      answer('a', 'q', [sales, text('t', words)], { grounding: [{ textId: 't', report }] }),
    ])
    const figure = await screen.findByRole('link', { name: '617,085.20, from call 1, row 2' })
    expect(figure.closest('p')).toHaveTextContent(words)
    await user.click(figure)
    await waitFor(() =>
      expect([...document.querySelectorAll('td.aimed')].map((td) => td.textContent)).toEqual([cell]),
    )
    expect(document.querySelector('.prov time')?.textContent.replaceAll(/\s/g, ' ')).toBe(time)
  })

  it('a chart is told and measured in their numbers', () => {
    const { chartOf, planOf, describe: tell, cellFormat, tableOf } = page
    const data = tableOf({
      text: '',
      isError: false,
      structured: { columns: ['Year', 'Sales'], rows: years },
    })
    const plan = data && planOf(data)
    if (!data || !plan) throw new Error('no chart')
    const write = cellFormat(data.columns[1] ?? { name: '', numeric: true, measure: true, decimals: 2 })
    expect(tell(chartOf(data, plan, {}, true), 'Sales', String, () => write)).toContain(
      `Highest ${cell} (1997)`,
    )
  })
})

async function pageOf() {
  vi.resetModules()
  const [sample, view, dataTable, data, format, chart, columns, facts] = await Promise.all([
    import('./sample'),
    import('./sample-view'),
    import('./table/data-table'),
    import('./rows/table-data'),
    import('./rows/format'),
    import('./chart/chart-data'),
    import('./chart/chart-columns'),
    import('./chart/chart-facts'),
    import('./prose/markdown'),
    import('./table/result-table'),
  ])
  return { ...sample, ...view, ...dataTable, ...data, ...format, ...chart, ...columns, ...facts }
}
