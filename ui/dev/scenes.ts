import type { Approval, ToolLog, ToolProgress } from '../src/wire/wire.gen.ts'
import { calls, charts } from './cards.ts'
import { endings } from './endings.ts'
import { doubted, figures } from './figures.ts'
import { at, end, type FakeRun } from './run.ts'
import { done, reader, tool, writer, type Scene } from './scene.ts'

const forecast = tool('forecast', 'Forecast', 'project_demand')
const desk = tool('desk', 'Service desk', 'open_ticket', 'Open a ticket')

/** A form with a field of each kind. */
const form = {
  type: 'object',
  properties: {
    room: {
      type: 'string',
      title: 'Room',
      oneOf: [
        { const: 'r1', title: 'Harbour, 14 seats' },
        { const: 'r2', title: 'Orchard, 20 seats' },
      ],
    },
    day: { type: 'string', format: 'date', title: 'Day' },
    seats: { type: 'integer', title: 'Seats', minimum: 2, maximum: 20, default: 12 },
    contact: {
      type: 'string',
      format: 'email',
      title: 'Contact',
      description: 'Who is told when something changes.',
    },
    catering: { type: 'boolean', title: 'With coffee', default: true },
  },
  required: ['room', 'day', 'contact'],
}

/** Asks for approval, and shows what was decided; returns whether it was allowed. */
async function approved(
  run: FakeRun,
  toolCallId: string,
  ask: { reason: string; scopes: NonNullable<Approval['scopes']>; serverUrl?: string },
): Promise<boolean> {
  const approvalId = `${toolCallId}-approval`
  run.emit({ type: 'tool-approval-request', approvalId, toolCallId, of: 'f00d', at: at(), ...ask })
  const { approved, scope = 'once', input } = await run.answerTo(approvalId)
  const edited = input === undefined ? {} : { input }
  run.emit({
    type: 'tool-approval-response',
    approvalId,
    toolCallId,
    approved,
    at: at(),
    ...(approved ? { scope, ...edited } : {}),
  })
  if (!approved) run.emit({ type: 'tool-output-denied', toolCallId })
  return approved
}

/** The scenes by the end of their thread's id, which begins with scene_. */
export const scenes: Record<string, Scene> = {
  approval: {
    title: 'Raise an order for what runs out',
    question: 'Which active products stay below their reorder level? Raise an order.',
    async script(run) {
      done(run, run.begin({ tool: reader, input: { sql: 'SELECT ProductName FROM Products' } }), 2)
      await run.say('Two products fall short, and the order is ready for you to check.')
      const id = run.begin({
        tool: writer,
        input: {
          query: 'UPDATE Products\nSET UnitsOnOrder = UnitsOnOrder + 20\nWHERE ProductID IN (30, 70)',
        },
      })
      const ask = { reason: 'This may change something.', scopes: ['once', 'thread', 'always'] as const }
      if (
        await approved(run, id, {
          ...ask,
          scopes: [...ask.scopes],
          serverUrl: 'https://northwind.acme.com/mcp',
        })
      ) {
        done(run, id, 2)
        await run.say('Both orders are raised.')
      } else await run.say('As you wish: nothing was ordered.')
    },
  },
  ticket: {
    title: 'Open a ticket about the label printer',
    question: 'Open a ticket: the label printer in hall 2 is out of service.',
    async script(run) {
      const id = run.begin({
        tool: desk,
        input: {
          title: 'Label printer in hall 2 is down',
          priority: 2,
          notify: true,
          tags: ['printer', 'hall-2'],
        },
      })
      const reason = 'Your administrator wants every call of this tool to be approved.'
      if (await approved(run, id, { reason, scopes: ['once'] })) done(run, id, 1)
      await run.say('Done.')
    },
  },
  remote: {
    title: 'Close the deal with Frankenversand',
    question: 'Close the deal with Frankenversand.',
    async script(run) {
      const crm = tool('crm', 'CRM', 'close_deal')
      const id = run.begin({ tool: crm, input: { id: 7 }, providerExecuted: true })
      if (
        await approved(run, id, {
          reason: 'This may change something.',
          scopes: ['once', 'thread', 'always'],
        })
      )
        done(run, id, 1)
      await run.say('Closed.')
    },
  },
  progress: {
    title: 'Forecast the demand',
    question: 'Forecast the demand of all products, and import what the warehouse counted.',
    async script(run) {
      const first = run.begin({ tool: forecast, input: { horizon: 12 } })
      const second = run.begin({ tool: tool('warehouse', 'Warehouse', 'import_counts'), input: {} })
      const log = (toolCallId: string, level: ToolLog['level'], text: string) =>
        run.emit({ type: 'data-tool-log', data: { toolCallId, level, text } })
      const progress = (toolCallId: string, told: ToolProgress) =>
        run.emit({ type: 'data-tool-progress', id: toolCallId, data: { toolCallId, ...told } })
      log(first, 'info', 'Loaded 830 orders of 77 products.')
      log(first, 'warning', 'Product 24 has been sold in 3 months only.')
      progress(first, { done: 41, total: 77, message: 'Fitting product 41 of 77' })
      progress(second, { done: 1200, message: 'Reading the counts of hall 2' })
      await Promise.all([run.answerTo(`${first}-stop`), run.answerTo(`${second}-stop`)])
      await run.say('You stopped both calls, so there is no forecast.')
    },
  },
  form: {
    title: 'Book a meeting room',
    question: 'Book a room for the quarterly review.',
    async script(run) {
      const toolCallId = run.begin({ tool: tool('rooms', 'Rooms', 'book'), input: { people: 12 } })
      const elicitationId = `${toolCallId}-ask`
      run.emit({
        type: 'data-elicitation',
        id: elicitationId,
        data: {
          elicitationId,
          toolCallId,
          message: 'Two rooms have space for 12. Which one, and when?',
          schema: form,
        },
      })
      const { action, content } = await run.answerTo(elicitationId)
      run.emit({ type: 'data-elicitation-answer', data: { elicitationId, toolCallId, action } })
      run.emit({
        type: 'tool-output-available',
        toolCallId,
        dynamic: true,
        output: { text: JSON.stringify(content ?? 'nothing'), isError: false },
        durationMs: 40,
      })
      await run.say(action === 'accept' ? 'The room is booked.' : 'No room was booked.')
    },
  },
  connect: {
    title: 'Issues about shipping',
    question: 'Which open issues are about shipping?',
    async script(run) {
      const toolCallId = run.begin({
        tool: tool('github', 'GitHub', 'search_issues'),
        input: { query: 'is:open shipping' },
      })
      for (let times = 1; ; times++) {
        run.emit({ type: 'data-tool-wait', id: toolCallId, data: { toolCallId, for: 'connect', times } })
        const { approved } = await run.answerTo(`${toolCallId}-wait`)
        if (!approved) {
          const errorText = 'The person goes on without it; it was not carried out.'
          run.emit({
            type: 'tool-output-error',
            toolCallId,
            dynamic: true,
            kind: 'unauthenticated',
            errorText,
            durationMs: 0,
          })
          return void (await run.say('I had to do without the issues.'))
        }
        run.emit({ type: 'data-tool-resumed', data: { toolCallId, at: at() } })
        if (times === 2) break
      }
      done(run, toolCallId, 4)
      await run.say('Four open issues are about shipping.')
    },
  },
  visit: {
    title: 'Pay the invoice of Exotic Liquids',
    question: 'Pay the invoice of Exotic Liquids.',
    async script(run) {
      const toolCallId = run.begin({
        tool: tool('pay', 'Payments', 'pay_invoice'),
        input: { invoice: 'EL-2210' },
      })
      const elicitationId = `${toolCallId}-ask`
      const url = 'https://pay.acme.com/confirm/EL-2210?amount=1204.50&return=chat'
      run.emit({
        type: 'data-elicitation',
        id: elicitationId,
        data: {
          elicitationId,
          toolCallId,
          message: 'Confirm the payment of 1,204.50 to Exotic Liquids.',
          url,
        },
      })
      const { action } = await run.answerTo(elicitationId)
      run.emit({ type: 'data-elicitation-answer', data: { elicitationId, toolCallId, action } })
      done(run, toolCallId, 1)
      await run.say(action === 'accept' ? 'Paid.' : 'Nothing was paid.')
    },
  },
  attached: {
    title: 'What the import log says',
    question: 'Why did the import stop, and which table does it name?',
    attached: [
      {
        type: 'attachment',
        id: 'a1',
        filename: 'import-2026-11-26.log',
        mediaType: 'text/plain',
        text: Array.from({ length: 60 }, (_, i) => `10:${String(i).padStart(2, '0')} row ${i} read`).join(
          '\n',
        ),
      },
      {
        type: 'attachment',
        id: 'a2',
        filename: 'Table or view: Orders',
        mediaType: 'text/plain',
        text: 'Orders (830 rows)\nOrderID INTEGER primary key',
        server: 'northwind',
        serverName: 'Northwind',
        uri: 'northwind://tables/Orders',
      },
    ],
    ended: true,
    async script(run) {
      await run.say('It stopped after row 59, before a row of **Orders** without a customer.')
      end(run)
    },
  },
  evidence: {
    title: 'What coffee costs now',
    question: 'What does coffee cost on the world market, beside our own prices?',
    ended: true,
    async script(run) {
      await run.say('I look up the market first, and then our own price list.', 'commentary')
      const search = run.begin({
        tool: { name: 'web_search', server: '', serverName: '', tool: 'web_search', title: 'Web search' },
        input: { query: 'coffee price per pound' },
        providerExecuted: true,
      })
      run.emit({
        type: 'tool-output-available',
        toolCallId: search,
        dynamic: true,
        output: { text: '2 pages', isError: false },
        durationMs: 1840,
      })
      const code = run.begin({
        tool: {
          name: 'code_interpreter',
          server: '',
          serverName: '',
          tool: 'code_interpreter',
          title: 'Code interpreter',
        },
        input: { code: 'plot(prices)' },
        providerExecuted: true,
      })
      const file = (fileId: string, filename: string, mediaType: string, size: number) =>
        run.emit({
          type: 'file',
          fileId,
          url: `/api/files/${fileId}`,
          filename,
          mediaType,
          size,
          toolCallId: code,
        })
      file('fil_chart', 'coffee.png', 'image/png', 18_400)
      file('fil_csv', 'coffee-prices.csv', 'text/csv', 2_210)
      run.emit({
        type: 'tool-output-available',
        toolCallId: code,
        dynamic: true,
        output: { text: 'done', isError: false },
        durationMs: 3020,
      })
      const words =
        'Arabica stands at **3.42 dollars** a pound, and Robusta at 2.18. Our *Ipoh Coffee* is listed at 46.00 for 16 tins.'
      const textId = await run.say(words)
      const cite = (sourceId: string, url: string, title: string, until: string) =>
        run.emit({
          type: 'source-url',
          sourceId,
          url,
          title,
          textId,
          start: 0,
          end: words.indexOf(until) + until.length,
        })
      cite(
        's1',
        'https://www.icco.org/prices',
        'Daily prices of the International Coffee Organization',
        'a pound',
      )
      cite('s2', 'https://markets.example.com/robusta', 'Robusta futures', '2.18')
      cite('s1b', 'https://www.icco.org/prices', 'The same', '2.18')
      end(run, { usd: 0.0234 })
    },
  },
  ...endings,
  calls,
  charts,
  figures,
  doubted,
  cut: {
    title: 'Compare freight per shipper',
    question: 'Compare freight per shipper for each year.',
    ended: true,
    async script(run) {
      done(
        run,
        run.begin({
          tool: reader,
          input: { sql: 'SELECT s.CompanyName, SUM(o.Freight) FROM Orders o JOIN Shippers s' },
        }),
        9,
      )
      await run.say(
        'Federal Shipping was the most expensive per order in 1996, at **73.00**, and in 1997, at **93.55**. In 1998 it fell to 64.87 while United Package',
      )
      run.emit({ type: 'abort', reason: 'user', messageMetadata: { at: at() } })
    },
  },
}
