import { expect, it } from 'vitest'
import { servers } from '../../../dev/data'
import { changesOf, offered, toolsOn, tokensOf, withTool } from './tools'

const all = servers(new Date(0))
const [northwind] = all

it('toolsOn leaves out what is switched off', () => {
  if (!northwind) throw new Error('no Northwind')
  const on = toolsOn(northwind, { servers: null, toolsOff: ['northwind__list_tables', 'other__x'] })
  expect(on.map((tool) => tool.tool)).toEqual(['read_query', 'describe_table'])
})

it.each([
  ['switches off', [], false, ['a']],
  ['switches off once', ['a'], false, ['a']],
  ['switches on', ['b', 'a'], true, ['b']],
])('withTool %s', (_name, toolsOff, on, want) => {
  expect(withTool({ servers: null, toolsOff }, 'a', on)).toEqual(want)
})

it('offered counts what the model gets, and weighs it by server', () => {
  const { tools, shares } = offered(all, { servers: null, toolsOff: ['handbook__suggest_edit'] })
  expect(tools).toBe(4)
  expect(shares.map((s) => [s.server.id, s.tokens > 0])).toEqual([
    ['northwind', true],
    ['handbook', true],
  ])
  expect(shares[0]?.tokens).toBe(tokensOf(northwind?.tools ?? []))
  expect(offered(all, { servers: [] })).toEqual({ tools: 0, shares: [] })
})

it('changesOf tells only what there is', () => {
  expect(changesOf({ at: '', added: ['a'], changed: [], removed: ['b', 'c'] })).toEqual([
    ['added', ['a']],
    ['removed', ['b', 'c']],
  ])
})
