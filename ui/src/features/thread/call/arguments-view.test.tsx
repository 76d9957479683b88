import { render, screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { TooltipProvider } from '@/ui/tooltip'
import type { ToolPart } from '@/wire/wire.gen'
import { ArgumentsView, hasArguments } from './arguments-view'
import { answer, call, question } from '../sample'
import { show } from '../sample-view'

const q = question('q', '', 'Open a ticket')
const ticket = { title: 'Printer is down', priority: 2, tags: ['printer'], note: '' }

/** The rows of the view: name and type, then each value. */
function rowsOf(part: ToolPart) {
  render(
    <TooltipProvider>
      <ArgumentsView part={part} number={1} />
    </TooltipProvider>,
  )
  return screen.getAllByRole('term').map((term) => [
    term.textContent,
    ...within(term.parentElement ?? term)
      .getAllByRole('definition')
      .map((value) => value.textContent),
  ])
}

describe('ArgumentsView', () => {
  it('lists names, types and values', () => {
    expect(rowsOf(call('c', { input: ticket }))).toEqual([
      ['title string', 'Printer is down'],
      ['priority number', '2'],
      ['tags array', '["printer"]'],
      ['note string', 'empty'],
    ])
  })

  it('shows what the model wrote beside what the person made of it', () => {
    const part = call('c', {
      input: { title: 'Printer is down', priority: 1, room: 'hall 2' },
      modelInput: { title: 'Printer is down', priority: 2, notify: true },
    })
    expect(rowsOf(part)).toEqual([
      ['title string', 'Printer is down'],
      ['priority number', 'From the model2', 'As you changed it1'],
      ['room string', 'From the modelnot given', 'As you changed ithall 2'],
      ['notify boolean', 'From the modeltrue', 'As you changed itnot given'],
    ])
  })

  it.each<[string, Partial<ToolPart>, string]>([
    ['lines', { input: { text: 'one\ntwo' } }, 'Code in Text'],
    ['long values', { input: { list: Array.from({ length: 40 }, (_, i) => i) } }, 'Code in JSON'],
    ['SQL', { input: { sql: 'SELECT 1', limit: 5 } }, 'Code in SQL'],
    [
      'code of the interpreter',
      {
        input: { code: 'plot(prices)' },
        providerExecuted: true,
        tool: { name: 'code_interpreter', server: '', serverName: '', tool: 'code_interpreter' },
      },
      'Code in Python',
    ],
  ])('shows %s as a block to copy', (_name, fields, name) => {
    rowsOf(call('c', fields))
    expect(screen.getByRole('group', { name })).toBeInTheDocument()
    expect(screen.getByRole('button', { name: 'Copy code' })).toBeInTheDocument()
  })

  it('warns of what cannot be seen, and of digits that a browser rounds', () => {
    const input: unknown = JSON.parse('{"name": "in\\u200bvisible", "n": 9007199254740993}')
    rowsOf(call('c', { input }))
    expect(screen.getByText(/characters that cannot be seen/)).toBeInTheDocument()
    expect(screen.getByText(/more digits than a browser can show/)).toBeInTheDocument()
  })

  it('shows arguments as far as they have come', () => {
    const { input: _, ...rest } = call('c', { state: 'input-streaming', inputText: '{"title": "Pri' })
    render(
      <TooltipProvider>
        <ArgumentsView part={rest} number={4} />
      </TooltipProvider>,
    )
    expect(screen.getByRole('group', { name: 'Arguments of call 4' })).toHaveTextContent('{"title": "Pri')
  })
})

it.each<[boolean, string, Partial<ToolPart>]>([
  [false, 'its SQL alone', { input: { sql: 'SELECT 1' } }],
  [true, 'SQL and more', { input: { sql: 'SELECT 1', limit: 5 } }],
  [true, 'SQL that was changed', { input: { sql: 'SELECT 1' }, modelInput: { sql: 'SELECT 2' } }],
  [true, 'other arguments', { input: ticket }],
  [false, 'nothing', { input: {} }],
])('hasArguments is %s for a call with %s', (want, _name, fields) => {
  expect(hasArguments(call('c', fields))).toBe(want)
})

describe('a call shows its arguments', () => {
  const { output: _, ...rest } = call('c', { input: ticket })
  it.each<[string, ToolPart]>([
    ['when it failed', { ...rest, state: 'output-error', errorText: 'No.', durationMs: 3 }],
    ['when it was not allowed', { ...rest, state: 'output-denied' }],
    [
      'when policy blocked it',
      { ...rest, state: 'output-error', errorKind: 'forbidden', trace: { requestId: 'r' }, durationMs: 3 },
    ],
  ])('%s', async (_name, part) => {
    const { user } = show([q, answer('a', 'q', [part])])
    const line = screen.getByRole('button', { name: /^Call/ })
    if (line.getAttribute('aria-expanded') === 'false') await user.click(line)
    expect(within(screen.getByRole('list', { name: 'Calls' })).getAllByRole('term').length).toBeGreaterThan(3)
    expect(screen.getByText('Printer is down')).toBeInTheDocument()
  })

  it('in a tab of its panel', async () => {
    const { user } = show([q, answer('a', 'q', [call('c', { input: ticket })])])
    await user.click(screen.getByRole('button', { name: /^Call/ }))
    await user.click(screen.getByRole('tab', { name: 'Arguments' }))
    expect(screen.getByText('Printer is down')).toBeInTheDocument()
  })
})
