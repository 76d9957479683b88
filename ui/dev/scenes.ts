import type { Approval, ToolRef } from '../src/wire/wire.gen.ts'
import { at, type FakeRun, type Script } from './run.ts'

/** A state of the page that an ordinary answer does not show: a question, and what is done about it. */
export interface Scene {
  title: string
  question: string
  script: Script
  /** It ends by itself, before it is looked at. */
  ended?: boolean
}

const tool = (server: string, serverName: string, name: string, title?: string): ToolRef => ({
  name: `${server}__${name}`,
  server,
  serverName,
  tool: name,
  ...(title === undefined ? {} : { title }),
})
const writer = tool('northwind', 'Northwind', 'write_query')
const reader = tool('northwind', 'Northwind', 'read_query')
const desk = tool('desk', 'Service desk', 'open_ticket', 'Open a ticket')

const rows = (n: number) => ({ text: `${n} rows`, isError: false, rowCount: n })

/** Asks for approval, and shows what was decided; returns whether it was allowed. */
async function approved(
  run: FakeRun,
  toolCallId: string,
  ask: { reason: string; scopes: NonNullable<Approval['scopes']>; serverUrl?: string },
): Promise<boolean> {
  const approvalId = `${toolCallId}-approval`
  run.emit({ type: 'tool-approval-request', approvalId, toolCallId, of: 'f00d', ...ask })
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

function done(run: FakeRun, toolCallId: string, n: number, durationMs = 9) {
  run.emit({ type: 'tool-output-available', toolCallId, dynamic: true, output: rows(n), durationMs })
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
}
