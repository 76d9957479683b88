import { expect, it } from 'vitest'
import { servers } from '../../../dev/data'
import { changeOf, changesOf, matching, offered, toolsOn, tokensOf, withTool } from './tools'

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

it('changeOf tells what is new and what is changed, by the tool’s own name', () => {
  const handbook = all.find(({ id }) => id === 'handbook')
  if (!handbook) throw new Error('no Handbook')
  expect(handbook.tools.map((tool) => [tool.tool, changeOf(handbook, tool)])).toEqual([
    ['search_pages', 'changed'],
    ['suggest_edit', 'added'],
  ])
  expect(northwind?.tools.map((tool) => changeOf(northwind, tool))).toEqual([undefined, undefined, undefined])
})

it.each([
  ['', ['read_query', 'list_tables', 'describe_table']],
  ['TABLE describ', ['describe_table']],
  ['rows returns', ['read_query']],
  ['nothing such', []],
])('matching finds the tools with all words of “%s”', (words, want) => {
  expect(matching(northwind?.tools ?? [], words).map((tool) => tool.tool)).toEqual(want)
})
