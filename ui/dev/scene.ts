import type { AttachmentPart, ToolRef } from '../src/wire/wire.gen.ts'
import type { FakeRun, Script } from './run.ts'

/** A state of the page that an ordinary answer does not show: a question, and what is done about it. */
export interface Scene {
  title: string
  question: string
  /** What goes with the question. */
  attached?: AttachmentPart[]
  script: Script
  /** It ends by itself, before it is looked at. */
  ended?: boolean
}

/** Names a tool of a server. */
export const tool = (server: string, serverName: string, name: string, title?: string): ToolRef => ({
  name: `${server}__${name}`,
  server,
  serverName,
  tool: name,
  ...(title === undefined ? {} : { title }),
})
export const writer = tool('northwind', 'Northwind', 'write_query')
export const reader = tool('northwind', 'Northwind', 'read_query')

/** A result that is only counted. */
const rows = (n: number) => ({ text: `${n} rows`, isError: false, rowCount: n })

/** Ends a call with so many rows. */
export function done(run: FakeRun, toolCallId: string, n: number, durationMs = 9) {
  run.emit({ type: 'tool-output-available', toolCallId, dynamic: true, output: rows(n), durationMs })
}
