import type { ToolRef } from '../src/wire/wire.gen.ts'
import { at, end } from './run.ts'
import type { Scene } from './scene.ts'

const reader: ToolRef = {
  name: 'northwind__read_query',
  server: 'northwind',
  serverName: 'Northwind',
  tool: 'read_query',
}

const months = [
  [1996, [null, null, null, null, null, null, 27861.9, 25485.28, 26381.4, 37515.72, 45600.05, 45239.63]],
  [1997, [61258, 38483, 38547, 53032, 53781, 36362, 51020, 47287, 55629, 66749, 43533, 71398]],
  [1998, [94222, 99415, 104854, 123798, 18333]],
] as const

const customers = Array.from({ length: 43 }, (_, i) => [
  i === 2 ? 'Rattlesnake Canyon Grocery and Provisions of Albuquerque, New Mexico' : `Customer ${i + 1}`,
  Math.round(110_000 / (i + 1)) - (i === 40 ? 9000 : 0),
])

/** Results as charts: times, years beside each other, parts, many bars, and values below zero or missing. */
export const charts: Scene = {
  title: 'Northwind in charts',
  question: 'Show me how Northwind did, from all sides.',
  ended: true,
  async script(run) {
    const give = (sql: string, columns: string[], rows: unknown[][]) =>
      run.emit({
        type: 'tool-output-available',
        toolCallId: run.begin({ tool: reader, input: { sql } }),
        dynamic: true,
        durationMs: 12,
        output: {
          text: `${rows.length} rows`,
          isError: false,
          rowCount: rows.length,
          structured: { columns, rows, total_rows: rows.length },
        },
      })
    give(
      'SELECT year, month, orders, revenue FROM Months',
      ['year', 'month', 'orders', 'revenue'],
      months.flatMap(([year, values]) =>
        values.flatMap((value, i) => (value === null ? [] : [[year, i + 1, 20 + ((i * 7) % 30), value]])),
      ),
    )
    give(
      'SELECT quarter, revenue, cost, profit FROM Quarters',
      ['quarter', 'revenue', 'cost', 'profit'],
      [
        ['1996-Q3', 79728.58, 61200.4, 18528.18],
        ['1996-Q4', 128355.4, 140100.9, -11745.5],
        ['1997-Q1', 138288.9, null, null],
        ['1997-Q2', 143177.05, 151002.1, -7825.05],
        ['1997-Q3', 153937.8, 120400.7, 33537.1],
        ['1998-Q1', 298491.6, 200030.2, 98461.4],
      ],
    )
    give(
      'SELECT shipper, orders FROM Shippers',
      ['shipper', 'orders'],
      [
        ['United Package', 326],
        ['Federal Shipping', 255],
        ['Speedy Express', 249],
      ],
    )
    give('SELECT customer, revenue FROM Customers', ['customer', 'revenue'], customers)
    give(
      'SELECT region, change_1997, change_1998 FROM Regions',
      ['region', 'change_1997', 'change_1998'],
      [
        ['North and the islands off its coast', 1200.5, -310],
        ['South', -840.25, 95.5],
        [null, 30, null],
        ['West', 415, 610],
      ],
    )
    await run.say('It did well.')
    end(run)
  },
}

const desk: ToolRef = {
  name: 'desk__open_ticket',
  server: 'desk',
  serverName: 'Service desk',
  tool: 'open_ticket',
  title: 'Open a ticket',
}
const own = (tool: string): ToolRef => ({ name: tool, server: '', serverName: 'pomchat', tool })

/** Calls of all who carry calls out, with arguments of all kinds, at an end and before it. */
export const calls: Scene = {
  title: 'Open tickets for both printers',
  question: 'Open a ticket for each printer that is down, and plot the outages.',
  async script(run) {
    const give = (toolCallId: string, text: string, isError = false) =>
      run.emit({
        type: 'tool-output-available',
        toolCallId,
        dynamic: true,
        durationMs: 9,
        output: { text, isError },
      })
    const edited = run.begin({
      tool: desk,
      input: {
        title: 'Label printer in hall 2 is down',
        priority: 3,
        tags: ['printer', 'hall-2'],
        text: 'It stops after each label.\nThe light is red.',
      },
    })
    const approvalId = `${edited}-approval`
    run.emit({
      type: 'tool-approval-request',
      approvalId,
      toolCallId: edited,
      of: 'f00d',
      reason: 'This may change something.',
      scopes: ['once'],
    })
    run.emit({
      type: 'tool-approval-response',
      approvalId,
      toolCallId: edited,
      approved: true,
      at: at(),
      scope: 'once',
      input: {
        title: 'Label printer in hall 2 is down',
        priority: 1,
        tags: ['printer', 'hall-2'],
        text: 'It stops after each label.\nThe light is red, and it smells.',
      },
    })
    give(edited, 'Ticket 4711 is open.')
    const code = own('code_interpreter')
    give(
      run.begin({
        tool: { ...code, serverName: '', title: 'Code interpreter' },
        input: { code: 'import pandas as pd\n\noutages = pd.read_csv("outages.csv")\noutages.plot()' },
        providerExecuted: true,
      }),
      'done',
    )
    give(
      run.begin({ tool: own('find_tools'), input: { query: 'toner' } }),
      'No tool has to do with "toner".',
      true,
    )
    const failed = run.begin({ tool: desk, input: { title: 'Printer in hall 3', priority: 2 } })
    run.emit({
      type: 'tool-output-error',
      toolCallId: failed,
      dynamic: true,
      kind: 'server_down',
      errorText: 'It answered with status 502.',
      trace: { status: 502 },
      durationMs: 35,
    })
    const toolCallId = 'call_being_written'
    run.emit({
      type: 'tool-input-start',
      toolCallId,
      dynamic: true,
      toolName: desk.name,
      toolMetadata: desk,
    })
    run.emit({ type: 'tool-input-delta', toolCallId, inputTextDelta: '{"title": "Printer in ha' })
    await run.answerTo('nothing')
  },
}
