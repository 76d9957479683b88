import type { Message, Part, ToolPart } from '@/wire/wire.gen'

/** A moment of the samples, n seconds after two o'clock. */
export const at = (n = 0) => new Date(Date.UTC(2026, 0, 2, 14, 0, n)).toISOString()

/** A question, as a test states it in a line. */
export function question(id: string, parentId: string, text: string, seconds = 0): Message {
  const parts: Part[] = [{ type: 'text', id: `${id}.t`, step: 0, text, state: 'done' }]
  return { id, parentId, role: 'user', parts, status: 'finished', createdAt: at(seconds) }
}

/** A finished answer; fields override. */
export function answer(id: string, parentId: string, parts: Part[], fields: Partial<Message> = {}): Message {
  return {
    id,
    parentId,
    role: 'assistant',
    parts,
    status: 'finished',
    runId: `run.${id}`,
    model: 'guide',
    createdAt: at(1),
    endedAt: at(3),
    ...fields,
  }
}

/** A text part. */
export function text(id: string, content: string): Part {
  return { type: 'text', id, step: 1, text: content, state: 'done' }
}

/** A reasoning part. */
export function reasoning(id: string, content: string): Part {
  return { type: 'reasoning', id, step: 1, text: content, state: 'done' }
}

/** A call of Northwind's read_query; fields override. */
export function call(id: string, fields: Partial<ToolPart> = {}): ToolPart {
  return {
    type: 'dynamic-tool',
    toolCallId: id,
    step: 1,
    tool: { name: 'northwind__read_query', server: 'northwind', serverName: 'Northwind', tool: 'read_query' },
    state: 'output-available',
    input: { sql: 'SELECT 1' },
    output: {
      text: '1 row',
      isError: false,
      rowCount: 1,
      structured: { columns: [{ name: 'n', type: 'integer' }], rows: [[1]], row_count: 1, total_rows: 1 },
    },
    startedAt: at(1),
    durationMs: 12,
    ...fields,
  }
}

/** A call that returned the sales of three years. */
export function salesByYear(id: string): Part {
  return call(id, {
    output: {
      text: '',
      isError: false,
      rowCount: 3,
      structured: {
        columns: [{ name: 'Year' }, { name: 'Sales' }],
        rows: [
          ['1996', 208083.97],
          ['1997', 617085.2],
          ['1998', 440623.87],
        ],
      },
    },
  })
}
