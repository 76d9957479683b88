import type { Server } from '@/wire/wire.gen'

/** A question that can be asked with one press, and the tool that will answer it. */
export type Suggestion = { question: string; tool?: string }

// Each is within the grammar of the guide, so that it works with any model.
const northwind: Suggestion[] = [
  { question: 'What were our sales by year?', tool: 'read_query' },
  { question: 'Top 5 customers by sales in 1997', tool: 'read_query' },
  { question: 'Which products are below their reorder level?', tool: 'read_query' },
  { question: 'Show tables', tool: 'list_tables' },
]

/**
 * suggestionsFor returns questions that this server can answer now. Northwind is
 * known by its data; of any other server one can at least ask what it offers.
 */
export function suggestionsFor(server: Server): Suggestion[] {
  if (server.status !== 'ready' || server.tools.length === 0) return []
  const has = (tool: string | undefined) => tool === undefined || server.tools.some((t) => t.tool === tool)
  if (isNorthwind(server)) return northwind.map((s) => (has(s.tool) ? s : { question: s.question }))
  return [{ question: `What can I ask ${server.name}?` }]
}

/** isNorthwind knows the server of the Northwind database by what it is called and by what it says of itself. */
export function isNorthwind({ id, name, description }: Server): boolean {
  return /northwind/i.test(`${id} ${name} ${description}`)
}
