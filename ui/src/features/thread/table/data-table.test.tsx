import { render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { DataTable } from './data-table'
import { tableOf } from '../rows/table-data'

const data = (rows: unknown[][], columns = ['name', 'year', 'units']) => {
  const table = tableOf({ text: '', isError: false, structured: { columns, rows } })
  if (!table) throw new Error('not a table')
  return table
}
const drinks = data([
  ['Chai', 1997, 1500],
  ['Chang', 1996, null],
  ['Tofu', 1998, 20.5],
])

const shown = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) =>
      within(row)
        .getAllByRole('cell')
        .map((c) => c.textContent)
        .join('|'),
    )

describe('DataTable', () => {
  it('writes numbers for eyes, and NULL as what it is', () => {
    render(<DataTable data={drinks} name="T" words="" limit={Infinity} />)
    expect(shown()).toEqual(['1|Chai|1997|1,500.0', '2|Chang|1996|NULL', '3|Tofu|1998|20.5'])
  })

  it('rounds what a binary fraction adds, and has the whole value at hand', () => {
    const { container } = render(
      <DataTable data={data([[0.1 + 0.2]], ['f'])} name="T" words="" limit={Infinity} />,
    )
    expect(shown()).toEqual(['1|0.3'])
    expect(container.querySelector('[title="0.30000000000000004"]')).toHaveTextContent('0.3')
  })

  it('sorts by its heads, numbers downwards first, NULL last, and back', async () => {
    const user = userEvent.setup()
    render(<DataTable data={drinks} name="T" words="" limit={Infinity} />)
    const head = screen.getByRole('columnheader', { name: 'units' })
    const press = () => user.click(within(head).getByRole('button'))
    await press()
    expect(head).toHaveAttribute('aria-sort', 'descending')
    expect(shown().map((r) => r.slice(0, 1))).toEqual(['1', '3', '2'])
    await press()
    expect(head).toHaveAttribute('aria-sort', 'ascending')
    expect(shown().map((r) => r.slice(0, 1))).toEqual(['3', '1', '2'])
    await press()
    expect(head).toHaveAttribute('aria-sort', 'none')
    expect(shown().map((r) => r.slice(0, 1))).toEqual(['1', '2', '3'])
  })

  it('marks the measure by which a result is ranked, with bars', () => {
    const { container } = render(
      <DataTable
        data={data([
          ['a', 1, 10],
          ['b', 1, 5],
          ['c', 1, 1],
        ])}
        name="T"
        words=""
        limit={Infinity}
      />,
    )
    expect(screen.getByRole('columnheader', { name: 'units' })).toHaveAttribute('aria-sort', 'descending')
    expect([...container.querySelectorAll<HTMLElement>('td.bar i')].map((b) => b.style.width)).toEqual([
      '100%',
      '50%',
      '10%',
    ])
  })

  it('filters, and says so when nothing is left', () => {
    const view = render(<DataTable data={drinks} name="T" words="cha" limit={Infinity} />)
    expect(shown().map((r) => r.slice(0, 1))).toEqual(['1', '2'])
    expect(screen.getByRole('status')).toHaveTextContent('2 of 3 rows')
    view.rerender(<DataTable data={drinks} name="T" words="beer" limit={Infinity} />)
    expect(screen.getByText('No row holds “beer”.')).toBeInTheDocument()
  })

  it('filters by what is seen', () => {
    render(<DataTable data={drinks} name="T" words="1,500.0" limit={Infinity} />)
    expect(shown()).toEqual(['1|Chai|1997|1,500.0'])
  })

  it('shows the first rows until all are asked for', () => {
    const many = data(Array.from({ length: 30 }, (_, i) => [`n${i}`, 1997, (i * 7) % 5]))
    const view = render(<DataTable data={many} name="T" words="" limit={10} />)
    expect(shown()).toHaveLength(10)
    view.rerender(<DataTable data={many} name="T" words="" limit={Infinity} />)
    expect(shown()).toHaveLength(30)
  })

  it('says that a result has no rows', () => {
    render(<DataTable data={data([])} name="T" words="" limit={10} />)
    expect(screen.getByText('The result has no rows.')).toBeInTheDocument()
  })

  it('keeps only the rows in sight of a large result', () => {
    const many = data(Array.from({ length: 5_000 }, (_, i) => [`n${i}`, 1997, (i * 7) % 5]))
    render(<DataTable data={many} name="T" words="" limit={Infinity} />)
    expect(screen.getByRole('table')).toHaveAttribute('aria-rowcount', '5001')
    expect(screen.getAllByRole('row').length).toBeLessThan(200)
  })
})
