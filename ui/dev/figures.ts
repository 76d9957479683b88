import type { Mark, Report, Source, ToolRef } from '../src/wire/wire.gen.ts'
import { orders } from './data.ts'
import { end } from './run.ts'
import type { Scene } from './scene.ts'

const reader: ToolRef = {
  name: 'northwind__read_query',
  server: 'northwind',
  serverName: 'Northwind',
  tool: 'read_query',
}
const rows = (n: number) => ({ text: `${n} rows`, isError: false, rowCount: n })

/** An answer whose figures lead to rows, and one that the data does not have. */
export const figures: Scene = {
  title: 'Sales 1996 to 1998',
  question: 'How did sales develop from 1996 to 1998, and which order was the last?',
  ended: true,
  async script(run) {
    const call = run.begin({ tool: reader, input: { sql: 'SELECT Year, Sales, Orders FROM Years' } })
    run.emit({
      type: 'tool-output-available',
      toolCallId: call,
      dynamic: true,
      durationMs: 12,
      output: {
        ...rows(3),
        structured: {
          columns: ['Year', 'Sales', 'Orders'],
          rows: [
            ['1996', 208083.97, 152],
            ['1997', 617085.2, 408],
            ['1998', 440623.87, 270],
          ],
        },
      },
    })
    const all = run.begin({ tool: reader, input: { sql: 'SELECT OrderID, Customer, Freight FROM Orders' } })
    run.emit({
      type: 'tool-output-available',
      toolCallId: all,
      dynamic: true,
      durationMs: 41,
      output: {
        text: '',
        isError: false,
        rowCount: 830,
        truncated: true,
        resultId: 'res_orders',
        structured: { columns: orders.columns, rows: orders.rows.slice(0, 200), total_rows: 830 },
      },
    })
    const text =
      'Sales were still growing when the records stop: they rose from **208,083.97** [1:1] in 1996, of which only six months are known, to **617,085.20** [1:2] in 1997, and had come to 440,623.87 by May 1998. That are 830 orders in all, of which 408 fall into 1997.\n\n- The last order, 11077, paid 8.53 for freight [2:830].\n- An order brought 1,512.46 on average in 1997 [1:3], and the margin was 23.7 % [1:9].'
    const textId = await run.say(text)
    const at = (words: string) => {
      const start = text.indexOf(words)
      return { start, end: start + words.length, text: words }
    }
    const from = (number: number, indexes: number[] | null, column = -1) => [
      { call: number === 1 ? call : all, number, rows: indexes, column },
    ]
    const exact = { rounded: false, rescaled: false, weak: false }
    run.emit({
      type: 'data-grounding',
      data: [
        {
          textId,
          report: {
            partial: false,
            marks: [
              { ...at('208,083.97'), ...exact, kind: 'cell', sources: from(1, [0], 1), cited: 'right' },
              { ...at('617,085.20'), ...exact, kind: 'cell', sources: from(1, [1], 1), cited: 'right' },
              { ...at('440,623.87'), ...exact, kind: 'cell', sources: from(1, [2], 1), cited: 'absent' },
              { ...at('830 orders'), ...exact, kind: 'count', sources: from(2, null), cited: 'absent' },
              { ...at('408'), ...exact, kind: 'cell', sources: from(1, [1], 2), cited: 'absent' },
              { ...at('8.53'), ...exact, kind: 'cell', sources: from(2, [829], 2), cited: 'right' },
              { ...at('1,512.46'), ...exact, kind: 'ratio', sources: from(1, [1], 1), cited: 'wrong' },
            ],
            notFound: [{ ...at('23.7 %'), cited: 'wrong' }],
            citations: [
              { ...at('[1:1]'), sources: from(1, [0]), verdict: 'right' },
              { ...at('[1:2]'), sources: from(1, [1]), verdict: 'right' },
              { ...at('[2:830]'), sources: from(2, [829]), verdict: 'right' },
              { ...at('[1:3]'), sources: from(1, [2]), verdict: 'wrong', problem: 'elsewhere' },
              { ...at('[1:9]'), sources: [], verdict: 'wrong', problem: 'no-rows' },
            ],
          },
        },
      ],
    })
    end(run)
  },
}

/** An answer that says right figures of wrong rows, and one that may be there by chance. */
export const doubted: Scene = {
  title: 'Sales by country',
  question: 'Which countries buy most, and what came of 1998?',
  ended: true,
  async script(run) {
    const call = run.begin({ tool: reader, input: { sql: 'SELECT Country, Sales, Orders FROM Countries' } })
    run.emit({
      type: 'tool-output-available',
      toolCallId: call,
      dynamic: true,
      durationMs: 14,
      output: {
        ...rows(4),
        structured: {
          columns: ['Country', 'Sales', 'Orders'],
          rows: [
            ['USA', 245584.61, 122],
            ['Germany', 230284.63, 122],
            ['Austria', 128003.84, 40],
            ['Brazil', 106925.78, 83],
          ],
        },
      },
    })
    const text =
      'Germany leads with **245,584.61** [1:1], before the USA with 230,284.63. Austria made up 18.1 % of the four, and Brazil brought 106,925.78 in some 80 orders.\n\n| Country | Orders |\n|---|---:|\n| Austria | 83 |\n| Brazil | 40 |'
    const textId = await run.say(text)
    const at = (words: string) => {
      const start = text.indexOf(words)
      return { start, end: start + words.length, text: words }
    }
    const from = (row: number | null, column: number): Source => ({
      call,
      number: 1,
      rows: row === null ? null : [row],
      column,
    })
    const found = (words: string, sources: Source[], fields: Partial<Mark> = {}): Mark => ({
      ...at(words),
      kind: 'cell',
      rounded: false,
      rescaled: false,
      weak: true,
      cited: 'absent',
      sources,
      ...fields,
    })
    const report: Report = {
      partial: false,
      marks: [
        found('245,584.61', [from(0, 1)], { astray: true, cited: 'right' }),
        found('230,284.63', [from(1, 1)], { astray: true }),
        found('18.1 %', [from(2, 1), from(null, 1)], { kind: 'share', rounded: true, weak: false }),
        found('106,925.78', [from(3, 1)], { weak: false }),
        found('80', [from(3, 2)], { rounded: true }),
        found('83', [from(3, 2)], { astray: true }),
        found('40', [from(2, 2)], { astray: true }),
      ],
      notFound: [],
      citations: [{ ...at('[1:1]'), sources: [from(0, -1)], verdict: 'right' }],
    }
    run.emit({ type: 'data-grounding', data: [{ textId, report }] })
    end(run)
  },
}
