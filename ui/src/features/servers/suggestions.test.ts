import { describe, expect, it } from 'vitest'
import { servers } from '../../../dev/data'
import { suggestionsFor } from './suggestions'

describe('suggestionsFor', () => {
  it('offers questions that each server can answer now', () => {
    const offers = servers(new Date(0)).map((server) => [
      server.id,
      ...suggestionsFor(server).map((s) => `${s.question} (${s.tool ?? 'any tool'})`),
    ])
    expect(offers).toEqual([
      [
        'northwind',
        'What were our sales by year? (read_query)',
        'Top 5 customers by sales in 1997 (read_query)',
        'Which products are below their reorder level? (read_query)',
        'Show tables (list_tables)',
      ],
      ['handbook', 'What can I ask Handbook? (any tool)'],
      ['github'],
      ['grafana'],
      ['warehouse'],
    ])
  })
})
