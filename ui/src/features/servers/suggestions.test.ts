import { describe, expect, it } from 'vitest'
import { prompts, servers } from '../../../dev/data'
import type { PromptGroup } from '@/lib/prompts'
import { suggestionsFor } from './suggestions'

function offers(plain: boolean, change: (group: PromptGroup) => PromptGroup = (group) => group) {
  return servers(new Date(0)).map((server) => {
    const list = prompts[server.id]
    const group = list && change({ server: server.id, name: server.name, state: 'ready', ...list })
    const { rows, more } = suggestionsFor(server, group, plain)
    return [
      server.id,
      ...rows.map((row) => (row.kind === 'question' ? row.question : `/${row.prompt.name}`)),
      ...(more > 0 ? [`${more} more`] : []),
    ]
  })
}

const away = [['github'], ['grafana'], ['warehouse']]

describe('suggestionsFor', () => {
  it('are the questions of each server, then its other prompts', () =>
    expect(offers(false)).toEqual([
      [
        'northwind',
        'Which products are below their reorder level?',
        'What were our sales by year?',
        'Show tables',
        'Top 5 customers by sales',
        '/analyze_sales',
        '/explore_database',
      ],
      ['handbook', '/onboard'],
      ...away,
    ]))

  it('are questions alone, to the data that it knows, for a model that only answers those', () =>
    expect(offers(true)).toEqual([
      [
        'northwind',
        'Which products are below their reorder level?',
        'What were our sales by year?',
        'Show tables',
        'Top 5 customers by sales',
      ],
      ['handbook'],
      ...away,
    ]))

  it('are what one can ask, where there are no prompts', () =>
    expect(offers(false, (group) => ({ ...group, state: 'failed', prompts: [] }))).toEqual([
      ['northwind', 'What can I ask Northwind?'],
      ['handbook', 'What can I ask Handbook?'],
      ...away,
    ]))

  it('are some of many', () =>
    expect(
      offers(false, (group) => ({ ...group, prompts: [...group.prompts, ...group.prompts] })).map((row) =>
        row.at(-1),
      ),
    ).toEqual(['6 more', '/onboard', 'github', 'grafana', 'warehouse']))
})
