import { QueryClientProvider } from '@tanstack/react-query'
import { fireEvent, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { newQueryClient } from '@/lib/query'
import type { ToolResult } from '@/wire/wire.gen'
import type { ChartChoice } from './chart-data'
import { ChartView } from './chart-view'
import { tableOf } from '../rows/table-data'

afterEach(() => vi.unstubAllGlobals())

function show(columns: string[], rows: unknown[][], fields: Partial<ToolResult> = {}, total = rows.length) {
  const output: ToolResult = {
    text: '',
    isError: false,
    structured: { columns, rows, total_rows: total },
    ...fields,
  }
  const table = tableOf(output)
  if (!table) throw new Error('no table')
  const client = newQueryClient()
  const Held = () => {
    const [choice, setChoice] = useState<ChartChoice>({})
    return <ChartView output={output} table={table} whole choice={choice} onChoice={setChoice} />
  }
  render(
    <QueryClientProvider client={client}>
      <Held />
    </QueryClientProvider>,
  )
  return userEvent.setup()
}

const years = [
  ['1996', 208083.97],
  ['1997', 617085.2],
  ['1998', 440623.87],
]
const drawing = () => screen.getByRole('img').getAttribute('aria-label')
const slider = () => screen.getByRole('slider', { name: 'Points of the chart' })

describe('ChartView', () => {
  it('says in words what it shows', () => {
    show(['Year', 'Sales'], years)
    expect(screen.getByRole('figure')).toHaveTextContent(/^Sales by Year/)
    expect(drawing()).toBe(
      'Line chart of Sales by Year, 3 places. Highest 617,085.20 (1997), lowest 208,083.97 (1996); rises from 208,083.97 (1996) to 440,623.87 (1998).',
    )
    expect(screen.getByText('Highest 617,085.20 (1997), lowest 208,083.97 (1996)')).toBeInTheDocument()
  })

  it('tells its points by keyboard', async () => {
    const user = show(['Year', 'Sales'], years)
    await user.tab()
    await user.tab()
    expect(slider()).toHaveFocus()
    const told = []
    for (const key of ['{Home}', '{ArrowRight}', '{ArrowUp}', '{End}', '{ArrowDown}']) {
      await user.keyboard(key)
      told.push(slider().getAttribute('aria-valuetext'))
    }
    expect(told).toEqual([
      '1996: 208,083.97',
      '1997: 617,085.20',
      '1996: 208,083.97',
      '1998: 440,623.87',
      '1998: 440,623.87',
    ])
    expect(screen.getByText('1998: 440,623.87')).toBeInTheDocument()
    await user.keyboard('{Escape}')
    expect(screen.queryByText('1998: 440,623.87')).not.toBeInTheDocument()
  })

  it('tells its points by pointer', () => {
    show(['Year', 'Sales'], years)
    slider().getBoundingClientRect = () => new DOMRect(0, 0, 640, 260)
    fireEvent.pointerMove(slider(), { clientX: 630, clientY: 20 })
    expect(screen.getByText('1998: 440,623.87')).toBeInTheDocument()
    fireEvent.pointerLeave(slider(), { pointerType: 'mouse' })
    expect(screen.queryByText('1998: 440,623.87')).not.toBeInTheDocument()
  })

  it('is drawn as its reader wants', async () => {
    const user = show(
      ['Shipper', 'Orders'],
      [
        ['Speedy Express', 249],
        ['United Package', 326],
        ['Federal Shipping', 255],
      ],
    )
    expect(drawing()).toMatch(/^Bar chart of Orders by Shipper, 3 places\./)
    await user.selectOptions(screen.getByLabelText('Kind of chart'), 'Pie')
    expect(drawing()).toMatch(/^Pie chart of Orders by Shipper/)
    expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
      'Speedy Express24930.0%',
      'United Package32639.3%',
      'Federal Shipping25530.7%',
    ])
  })

  it('draws the columns and the labels that are chosen', async () => {
    const user = show(
      ['id', 'product', 'units', 'revenue'],
      [
        [7, 'Chai', 623, 141396.74],
        [9, 'Tofu', 746, null],
      ],
    )
    const legend = within(screen.getByRole('list', { name: 'Series' }))
    const press = (name: string) => legend.getByRole('button', { name: new RegExp(`^${name}`) })
    expect(press('revenue')).toHaveAttribute('aria-disabled', 'true')
    await user.click(press('revenue'))
    expect(press('revenue')).toHaveAttribute('aria-pressed', 'true')
    await user.click(press('units'))
    await user.selectOptions(screen.getByLabelText('Along'), 'id')
    expect(screen.getByRole('figure')).toHaveTextContent(/^units, revenue by id/)
    await user.click(slider())
    await user.keyboard('{End}')
    expect(slider()).toHaveAttribute('aria-valuetext', '9: units 746, revenue NULL')
  })

  it('says what it leaves out', () => {
    show(
      ['Product', 'n'],
      Array.from({ length: 43 }, (_, i) => [`p${i}`, ((i * 7) % 43) - 5]),
    )
    expect(screen.getByText('The 20 largest, and 23 more in the table.')).toBeInTheDocument()
  })

  it('says that it has a part of the rows, and loads the others', async () => {
    const all = Array.from({ length: 60 }, (_, i) => [`p${i}`, i === 59 ? 900 : 60 - ((i * 7) % 41)])
    const asked: string[] = []
    vi.stubGlobal('fetch', (input: string) => {
      asked.push(input)
      if (asked.length === 1) {
        const problem = { title: 'No', status: 503, detail: 'The server is busy.' }
        return Promise.resolve(Response.json(problem, { status: 503 }))
      }
      const columns = [{ name: 'p' }, { name: 'n' }]
      return Promise.resolve(
        Response.json({ id: 'res_1', columns, rows: all.slice(30), offset: 30, kept: 60, total: 60 }),
      )
    })
    const user = show(['p', 'n'], all.slice(0, 30), { truncated: true, resultId: 'res_1' }, 60)
    expect(screen.getByText('Drawn from the first 30 rows of 60.')).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Load all rows' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('The server is busy.')
    await user.click(screen.getByRole('button', { name: 'Retry' }))
    expect(await screen.findByText('The chart has 60 rows now.')).toBeInTheDocument()
    expect(screen.queryByText(/^Drawn from/)).not.toBeInTheDocument()
    expect(screen.getByText('Highest 900 (p59)')).toBeInTheDocument()
    expect(screen.getByRole('figure')).toHaveFocus()
    expect(asked[1]).toBe('/api/results/res_1?offset=30&limit=10000')
  })

  it('says where the others cannot be had', () => {
    show(
      ['p', 'n'],
      [
        ['a', 5],
        ['b', 6],
      ],
      { truncated: true },
      9,
    )
    expect(
      screen.getByText('Drawn from the first 2 rows of 9; the others could not be kept.'),
    ).toBeInTheDocument()
    expect(screen.queryByLabelText('Kind of chart')).not.toBeInTheDocument()
  })
})
