import type { Problem, Rerun, RerunRequest, ToolResult } from '../src/wire/wire.gen.ts'
import { call, orders } from './data.ts'

/** Milliseconds that a query takes which says so. */
const slowly = 20_000

/**
 * Runs a call again as the query has it: one with WAITFOR takes long, one with Nme is wrong, one
 * with secret is refused, one about all orders gives many rows.
 */
export async function rerun(
  { input }: RerunRequest,
  signal: AbortSignal,
  now: Date,
): Promise<Rerun | Problem> {
  const asked = JSON.stringify(input)
  if (asked.includes('WAITFOR')) await sleep(slowly, signal)
  if (asked.includes('secret')) {
    return {
      title: 'Forbidden',
      status: 403,
      kind: 'forbidden',
      detail: 'This call of Northwind was blocked by policy.',
      trace: { requestId: 'f3a09c27-5d1e-4d0b-9f61-0c52a2a5b7de' },
    }
  }
  return { tool: call.tool, input, output: outputOf(asked), startedAt: now.toISOString(), durationMs: 24 }
}

function outputOf(asked: string): ToolResult {
  if (asked.includes('Nme')) {
    return {
      isError: true,
      text: 'no such column: Nme\nCustomers has the columns CustomerID, CompanyName, ContactName, City and Country.',
    }
  }
  if (/FROM Orders/.test(asked)) {
    const rows = orders.rows.slice(0, 200)
    const structured = { columns: orders.columns, rows, row_count: 200, total_rows: orders.rows.length }
    const rowCount = orders.rows.length
    return { isError: false, text: '', rowCount, structured, truncated: true, resultId: 'res_orders' }
  }
  const structured = {
    columns: [{ name: 'category' }, { name: 'revenue' }],
    rows: [
      ['Beverages', 53879.2],
      ['Seafood', 19391.23],
      ['Produce', 13885.78],
    ],
  }
  return { isError: false, text: '3 rows', rowCount: 3, structured }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(new DOMException('Aborted', 'AbortError'))
    })
  })
}
