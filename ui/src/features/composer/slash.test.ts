import { describe, expect, it } from 'vitest'
import type { PromptGroup } from '@/lib/prompts'
import {
  activeOf,
  afterSlash,
  keyOf,
  matchesOf,
  missingIn,
  queryOf,
  stepFrom,
  textOf,
  valuesOf,
  type Slash,
  type SlashEvent,
} from './slash'

const groups: PromptGroup[] = [
  {
    server: 'a',
    name: 'A',
    state: 'ready',
    completes: true,
    prompts: [
      { name: 'by_sales', title: 'Report', arguments: [] },
      {
        name: 'sales_by_year',
        title: 'Yearly',
        arguments: [{ name: 'year', required: true }, { name: 'unit' }],
      },
    ],
  },
  {
    server: 'b',
    name: 'B',
    state: 'ready',
    completes: false,
    prompts: [{ name: 'greet', title: 'Sales pitch', arguments: [] }],
  },
]
const all = matchesOf(groups, '')
const [report, yearly] = all
if (!report || !yearly) throw new Error('no prompts')

describe('queryOf', () => {
  it.each([
    ['/', ''],
    ['/analyze sales', 'analyze sales'],
    ['What / why', null],
    [' /x', null],
    ['', null],
    ['/x\nmore', null],
    [`/${'x'.repeat(60)}`, null],
  ])('of %j is %j', (text, want) => expect(queryOf(text)).toBe(want))
})

describe('matchesOf', () => {
  it.each([
    ['', ['a by_sales', 'a sales_by_year', 'b greet']],
    ['SALES', ['a sales_by_year', 'a by_sales', 'b greet']],
    ['sales-by', ['a sales_by_year']],
    ['by', ['a by_sales', 'a sales_by_year']],
    ['pitch', ['b greet']],
    ['zzz', []],
  ])('finds by name and title, the server’s order kept: %j', (query, want) =>
    expect(matchesOf(groups, query).map(keyOf)).toEqual(want),
  )
})

describe('the active one', () => {
  it.each([
    ['is the first at the beginning', undefined, 0, 'a by_sales'],
    ['moves on', undefined, 1, 'a sales_by_year'],
    ['goes round backwards', undefined, -1, 'b greet'],
    ['goes round', 'b greet', 1, 'a by_sales'],
    ['is the first again when it is gone', 'c gone', 0, 'a by_sales'],
  ])('%s', (_name, active, by, want) => {
    const next = by === 0 ? active : stepFrom(all, active, by)
    expect(activeOf(all, next)).toBe(all.find((c) => keyOf(c) === want))
  })

  it('is none of none', () =>
    expect([activeOf([], 'x'), stepFrom([], 'x', 1)]).toEqual([undefined, undefined]))
})

describe('a slash', () => {
  const wrote = (text: string): SlashEvent => ({ type: 'wrote', text })
  const chosen: SlashEvent = { type: 'chosen', choice: yearly, asIs: false }
  const form: Slash = { at: 'form', choice: yearly, busy: false }
  it.each<[string, SlashEvent[], Slash]>([
    ['opens the list', [wrote('/')], { at: 'menu', query: '' }],
    [
      'begins with the first whenever one writes',
      [wrote('/'), { type: 'moved', to: 'b greet' }, wrote('/s')],
      { at: 'menu', query: 's' },
    ],
    [
      'follows the keys',
      [wrote('/'), { type: 'moved', to: 'b greet' }],
      { at: 'menu', query: '', active: 'b greet' },
    ],
    ['that is taken away closes it', [wrote('/'), wrote('')], { at: 'closed' }],
    [
      'that was dismissed stays so while one writes on',
      [wrote('/'), { type: 'dismissed' }, wrote('/us')],
      { at: 'dismissed' },
    ],
    [
      'opens it again from the beginning',
      [wrote('/'), { type: 'dismissed' }, wrote(''), wrote('/')],
      { at: 'menu', query: '' },
    ],
    ['leads to the form', [wrote('/'), chosen], form],
    ['is not looked at while a form is open', [chosen, wrote('/x')], form],
    [
      'that failed says why',
      [chosen, { type: 'submitted' }, { type: 'failed', problem: 'No.' }],
      { ...form, problem: 'No.' },
    ],
    [
      'that is tried again says so no more',
      [chosen, { type: 'failed', problem: 'No.' }, { type: 'submitted' }],
      { ...form, busy: true },
    ],
    [
      'is gone with the text in the field',
      [chosen, { type: 'submitted' }, { type: 'done' }],
      { at: 'closed', used: true },
    ],
    [
      'comes back when the form is left',
      [chosen, { type: 'left', text: '/ye' }],
      { at: 'menu', query: 'ye' },
    ],
    [
      'does not, if the form came from elsewhere',
      [chosen, { type: 'left', text: 'Hello' }],
      { at: 'closed' },
    ],
    [
      'that needs no form is busy at once',
      [{ type: 'chosen', choice: report, asIs: true }],
      { at: 'form', choice: report, busy: true },
    ],
    [
      'that failed after it was left is forgotten',
      [wrote('/'), { type: 'failed', problem: 'No.' }],
      { at: 'menu', query: '' },
    ],
  ])('%s', (_name, events, want) => expect(events.reduce<Slash>(afterSlash, { at: 'closed' })).toEqual(want))
})

describe('a prompt', () => {
  const names = { user: 'User', assistant: 'Assistant' }
  it('is the text of its messages', () =>
    expect(
      textOf(
        [
          { role: 'user', text: 'One' },
          { role: 'user', text: 'Two' },
        ],
        names,
      ),
    ).toBe('One\n\nTwo'))
  it('says who says what, if somebody else does', () =>
    expect(
      textOf(
        [
          { role: 'user', text: 'Hi' },
          { role: 'assistant', text: 'Ho' },
        ],
        names,
      ),
    ).toBe('User: Hi\n\nAssistant: Ho'))
  it('is given what is filled in, as it is', () =>
    expect(valuesOf({ year: ' 1997', unit: '  ', other: '' })).toEqual({ year: ' 1997' }))
  it('wants what it requires', () =>
    expect([missingIn(yearly.prompt, { year: ' ' }), missingIn(yearly.prompt, { year: '1997' })]).toEqual([
      ['year'],
      [],
    ]))
})
