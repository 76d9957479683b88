import { QueryClientProvider } from '@tanstack/react-query'
import { act, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { newQueryClient } from '@/lib/query'
import type { ToolResult } from '@/wire/wire.gen'
import { CitedContext, Pointer, PointerContext } from '../rows/pointer'
import { ResultTable } from './result-table'
import { tableOf } from '../rows/table-data'

const columns = [{ name: 'n' }, { name: 'word' }]
/** Rows from, up to but without, to: each holds a number that falls and rises, and its own place. */
const rowsOf = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => [((from + i) * 7) % 1000, `w${from + i + 1}`])

/** A server that keeps so many rows, of which each page can be made to fail or to wait. */
function serve(kept: number, total: number) {
  const asked: string[] = []
  const server = { asked, status: 200, wait: undefined as Promise<void> | undefined }
  vi.stubGlobal('fetch', async (input: string) => {
    asked.push(input)
    await server.wait
    if (server.status !== 200) {
      const detail = server.status === 404 ? 'There is no such thing.' : 'The server is busy.'
      return Response.json({ title: 'No', status: server.status, detail }, { status: server.status })
    }
    const params = new URL(input, 'http://x').searchParams
    const offset = Number(params.get('offset'))
    const rows = rowsOf(offset, Math.min(kept, offset + Number(params.get('limit'))))
      // The server names the columns in an order of its own.
      .map(([n, word]) => [word, n])
    return Response.json({ id: 'res_1', columns: columns.toReversed(), rows, offset, kept, total })
  })
  return server
}
afterEach(() => vi.unstubAllGlobals())

function show(
  total: number,
  { words = '', limit = Infinity, cited = [] as number[], id = 'res_1', truncated = true } = {},
) {
  const output: ToolResult = {
    text: '',
    isError: false,
    truncated,
    rowCount: total,
    structured: { columns, rows: rowsOf(0, 200), total_rows: total, truncated: true },
    ...(id === '' ? {} : { resultId: id }),
  }
  const table = tableOf(output)
  if (!table) throw new Error('no table')
  const client = newQueryClient()
  const pointer = new Pointer()
  const done = { unfolded: 0, cleared: 0 }
  const element = (w: string) => (
    <QueryClientProvider client={client}>
      <PointerContext value={pointer}>
        <CitedContext value={new Map([[1, new Set(cited)]])}>
          <ResultTable
            output={output}
            table={table}
            number={1}
            name="T"
            words={w}
            limit={limit}
            onUnfold={() => done.unfolded++}
            onClear={() => done.cleared++}
          />
        </CitedContext>
      </PointerContext>
    </QueryClientProvider>
  )
  const view = render(element(words))
  return { user: userEvent.setup(), pointer, done, filter: (w: string) => view.rerender(element(w)) }
}

const button = (name: RegExp) => screen.getByRole('button', { name })

describe('ResultTable', () => {
  it('says how much of the result it has, and loads the next page on demand', async () => {
    const server = serve(830, 830)
    const { user } = show(830)
    expect(screen.getByText(/^1–200 of 830 rows\./)).toBeInTheDocument()
    await user.click(button(/^Show 201–400$/))
    expect(await screen.findByText(/^1–400 of 830 rows\./)).toBeInTheDocument()
    expect(server.asked).toEqual(['/api/results/res_1?offset=200&limit=200'])
    expect(screen.getByText('Rows 201 to 400 are here.')).toHaveAttribute('role', 'status')
    expect(button(/^Show 401–600$/)).toHaveFocus()
  })

  it('gives the focus to the rows when there are no more to come', async () => {
    serve(250, 250)
    const { user } = show(250)
    await user.click(button(/^Show 201–250$/))
    await waitFor(() => expect(screen.queryByRole('button', { name: /^Show|Loading/ })).toBeNull())
    expect(screen.getByRole('group', { name: 'T' })).toHaveFocus()
    expect(screen.getByRole('table')).toHaveAttribute('aria-rowcount', '251')
    expect(document.querySelector('.rowsbar')).toBeNull()
  })

  it('tells what the tool gave from what there is', async () => {
    serve(500, 3308)
    const { user } = show(3308)
    await user.click(button(/^Show 201–400$/))
    expect(
      await screen.findByText(/^1–400 of the 500 rows that the tool gave, of 3,308\./),
    ).toBeInTheDocument()
    await user.click(button(/^Show 401–500$/))
    expect(await screen.findByText('The tool gave 500 of 3,308 rows; the CSV has these.')).toBeInTheDocument()
  })

  it('keeps its button while it loads, and offers to try again where that failed', async () => {
    const server = serve(830, 830)
    const { user } = show(830)
    let go = () => undefined as void
    server.wait = new Promise((resolve) => (go = resolve))
    await user.click(button(/^Show 201/))
    expect(button(/^Loading/)).toHaveFocus()
    expect(button(/^Loading/)).toHaveAttribute('aria-disabled', 'true')
    server.status = 500
    act(go)
    expect(await screen.findByRole('alert')).toHaveTextContent('The server is busy.')
    expect(button(/^Retry$/)).toHaveFocus()
    server.status = 200
    await user.click(button(/^Retry$/))
    expect(await screen.findByText(/^1–[46]00 of 830/)).toBeInTheDocument()
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('says so when the rest is no longer kept', async () => {
    const server = serve(830, 830)
    server.status = 404
    const { user } = show(830)
    await user.click(button(/^Show 201/))
    expect(await screen.findByRole('alert')).toHaveTextContent('no longer kept')
    expect(screen.queryByRole('button', { name: /Retry|Show/ })).toBeNull()
  })

  it('says so when the rest could never be had', () => {
    serve(0, 830)
    show(830, { id: '' })
    expect(screen.getByText(/^The first 200 of 830 rows; the others could not be kept/)).toBeInTheDocument()
    expect(screen.queryByRole('button', { name: /Show/ })).toBeNull()
  })

  it('says so when the tool itself cut the result, of which the message holds all', () => {
    serve(0, 830)
    show(830, { truncated: false })
    expect(screen.getByText('The tool gave 200 of 830 rows; the CSV has these.')).toBeInTheDocument()
    expect(screen.queryByRole('button', { name: /Show/ })).toBeNull()
  })

  it('sorts all rows, which it loads for that, and says what it sorts until then', async () => {
    const server = serve(830, 830)
    let go = () => undefined as void
    server.wait = new Promise((resolve) => (go = resolve))
    const { user } = show(830)
    await user.click(within(screen.getByRole('columnheader', { name: 'n' })).getByRole('button'))
    expect(screen.getByText(/^Loading all 830 rows/)).toBeInTheDocument()
    act(go)
    await waitFor(() => expect(screen.getByRole('table')).toHaveAttribute('aria-rowcount', '831'))
    expect(server.asked).toEqual(['/api/results/res_1?offset=200&limit=10000'])
  })

  it('says that a filter covers only what is loaded, and does not ask again by itself', async () => {
    const server = serve(830, 830)
    server.status = 500
    const { filter } = show(830)
    filter('w829')
    expect(
      await screen.findByText('Sorting and filtering cover the 200 rows that are loaded, not all.'),
    ).toBeVisible()
    expect(screen.getByText('No row holds “w829”.')).toBeInTheDocument()
    filter('w82')
    await act(async () => new Promise((resolve) => setTimeout(resolve, 20)))
    expect(server.asked).toHaveLength(1)
  })

  it('loads up to a limit for that, and not a million rows', async () => {
    const server = serve(60_000, 60_000)
    const { filter } = show(60_000)
    filter('w5')
    expect(
      await screen.findByText('Sorting and filtering cover the 20,000 rows that are loaded, not all.'),
    ).toBeInTheDocument()
    expect(server.asked).toEqual([
      '/api/results/res_1?offset=200&limit=10000',
      '/api/results/res_1?offset=10200&limit=9800',
    ])
  })

  it('marks the rows that the text cites, and those that are pointed at', () => {
    serve(830, 830)
    const { pointer } = show(830, { limit: 10, cited: [2] })
    const row = (n: number) => screen.getAllByRole('row')[n]
    expect(row(3)).toHaveClass('cited')
    expect(row(3)).toHaveAttribute('aria-rowindex', '4')
    expect(within(row(3) as HTMLElement).getAllByRole('cell')[0]).toHaveTextContent('3, cited')
    expect(row(2)).not.toHaveClass('cited')
    act(() => pointer.point([{ call: 1, rows: [1] }]))
    expect(row(2)).toHaveClass('aimed')
    act(() => pointer.point([{ call: 2, rows: [1] }]))
    expect(row(2)).not.toHaveClass('aimed')
  })

  it('moves the focus to a row that is sought, and back', async () => {
    serve(830, 830)
    const from = document.body.appendChild(document.createElement('button'))
    const { pointer, user } = show(830, { limit: 10 })
    act(() => pointer.seek([{ call: 1, rows: [4, 5] }], from))
    await waitFor(() => expect(screen.getAllByRole('row')[5]).toHaveFocus())
    expect(pointer.sought).toBeUndefined()
    await user.keyboard('{Escape}')
    expect(from).toHaveFocus()
    from.remove()
  })

  it('unfolds, clears a filter and loads rows, so that what is sought can be found', async () => {
    const server = serve(830, 830)
    const { pointer, done } = show(830, { limit: 10 })
    act(() => pointer.seek([{ call: 1, rows: [50] }], null))
    expect(done.unfolded).toBeGreaterThan(0)
    act(() => pointer.seek([{ call: 1, rows: [700] }], null))
    await waitFor(() => expect(server.asked).toEqual(['/api/results/res_1?offset=200&limit=501']))
  })

  it('says so when there is no such row', async () => {
    serve(300, 300)
    const { pointer } = show(300)
    act(() => pointer.seek([{ call: 1, rows: [400] }], null))
    expect(await screen.findByText('Row 401 is not among the rows that can be shown.')).toBeInTheDocument()
    expect(screen.getByRole('group', { name: 'T' })).toHaveFocus()
    expect(pointer.sought).toBeUndefined()
  })
})
