import type { ToolOutputErrorEvent, ToolRef } from '../src/wire/wire.gen.ts'
import { at, end } from './run.ts'
import { done, reader, tool, writer, type Scene } from './scene.ts'

/** Answers that came to nothing, or calls of theirs. */
export const endings: Record<string, Scene> = {
  refused: {
    title: 'Write to every customer',
    question: 'Write each customer a letter in the name of the bank.',
    ended: true,
    async script(run) {
      await run.say('I cannot help with writing in the name of somebody else.', 'refusal')
      end(run)
    },
  },
  nomodel: {
    title: 'Ask a model that is gone',
    question: 'Which products run out next month?',
    ended: true,
    script(run) {
      run.emit({
        type: 'error',
        kind: 'model_not_found',
        errorText: 'OpenAI does not offer the model “gpt-9”. Choose another one.',
        trace: { requestId: 'req_8f2c41d09b7e', status: 404, code: 'model_not_found' },
        messageMetadata: { at: at() },
      })
      return Promise.resolve()
    },
  },
  silent: {
    title: 'Revenue by category, of a slow server',
    question: 'Which categories earned most?',
    ended: true,
    async script(run) {
      const sql = 'SELECT category, sum(total) AS revenue FROM sales GROUP BY category'
      run.emit({
        type: 'tool-output-error',
        toolCallId: run.begin({ tool: reader, input: { sql } }),
        dynamic: true,
        errorText:
          'Northwind said nothing for 1 minute, so the call was cancelled; it may have been carried out.',
        kind: 'limit',
        durationMs: 60_000,
      })
      await run.say('Northwind did not answer in time.')
      end(run)
    },
  },
  blocked: {
    title: 'Delete the test orders',
    question: 'Delete the test orders from 5 May, and list the open pull requests that touch freight.',
    ended: true,
    async script(run) {
      done(
        run,
        run.begin({
          tool: reader,
          input: { sql: "SELECT OrderID FROM Orders WHERE OrderDate >= '1998-05-05'" },
        }),
        8,
      )
      const fail = (
        ref: ToolRef,
        input: unknown,
        told: Omit<ToolOutputErrorEvent, 'type' | 'toolCallId' | 'dynamic'>,
      ) =>
        run.emit({
          type: 'tool-output-error',
          toolCallId: run.begin({ tool: ref, input }),
          dynamic: true,
          ...told,
        })
      fail(
        writer,
        { query: "DELETE FROM Orders WHERE OrderDate >= '1998-05-05'" },
        {
          errorText: 'access denied',
          kind: 'forbidden',
          trace: { requestId: '2f6d1c94-7b0e-4c55-9a3e-d81f06b7e2aa', status: 200, code: '-32602' },
          durationMs: 11,
        },
      )
      fail(
        tool('github', 'GitHub', 'list_pull_requests'),
        { state: 'open' },
        {
          errorText: 'GitHub wants you to connect your own account first.',
          kind: 'unauthenticated',
          trace: { status: 401 },
          durationMs: 35,
        },
      )
      fail(
        tool('warehouse', 'Warehouse', 'import_counts'),
        {},
        {
          errorText: 'It answered with status 502.',
          kind: 'provider_down',
          trace: { status: 502, code: 'bad_gateway' },
          durationMs: 210,
        },
      )
      await run.say('Nothing could be deleted.')
      end(run)
    },
  },
}
