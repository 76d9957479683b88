import { screen, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import type { Message, ToolPart, ToolRef } from '@/wire/wire.gen'
import { answer, call, question } from '../sample'
import { show } from '../sample-view'

const q = question('q', '', 'Read on')
const ref = (fields: Partial<ToolRef>): ToolRef => ({
  name: 'x',
  server: '',
  serverName: '',
  tool: 'x',
  ...fields,
})
const own = ref({ name: 'read_result', serverName: 'pomchat', tool: 'read_result' })
const search = ref({ name: 'web_search', tool: 'web_search', title: 'Web search' })
const line = () => screen.getByRole('button', { name: /^Call/ })
const panel = () => within(screen.getByRole('list', { name: 'Calls' }))

describe('who carried a call out', () => {
  it.each<[string, string, Partial<ToolPart>, string[]]>([
    ['a server', 'Northwind', {}, ['Allowed', 'as dana@example.com']],
    [
      'a server that the provider calls through the gateway',
      'Northwind',
      { providerExecuted: true },
      ['Allowed', 'as dana@example.com'],
    ],
    ['pomchat', 'pomchat', { tool: own }, ['within pomchat']],
    ['the provider', 'Web search', { tool: search, providerExecuted: true }, ['run by the model’s provider']],
  ])('is told of %s', async (_name, who, fields, told) => {
    const { user } = show([q, answer('a', 'q', [call('c', fields)])])
    expect(within(line()).getByText(who)).toBeInTheDocument()
    await user.click(line())
    const said = ['Allowed', 'as dana@example.com', 'within pomchat', 'run by the model’s provider']
    const provenance = panel().getByText('call').closest('.prov')
    expect(said.filter((words) => provenance?.textContent.includes(words))).toEqual(told)
  })

  it('is pomchat too where its own tool failed', () => {
    const part = call('c', { tool: own, output: { text: 'There is no result "res_1".', isError: true } })
    show([q, answer('a', 'q', [part])])
    expect(screen.getByRole('heading', { name: 'pomchat could not run this call' })).toBeInTheDocument()
  })
})

describe('a call whose answer has ended without its result', () => {
  const { output: _, durationMs: __, ...rest } = call('c')
  const { startedAt: ___, ...unbegun } = rest
  const after = 'The answer ended before its result arrived; it may have been carried out.'
  const before = 'The answer ended before it began, so nothing was carried out.'
  it.each<[string, ToolPart, string]>([
    ['ran', { ...rest, state: 'input-available' }, after],
    ['was being written', { ...unbegun, state: 'input-streaming' }, before],
    ['waited for a word', { ...unbegun, state: 'approval-requested', approval: { id: 'x' } }, before],
  ])('does not run for ever when it %s', (_name, part, words) => {
    show([q, answer('a', 'q', [part], { status: 'failed' })])
    expect(line()).toHaveTextContent('cut off')
    expect(line()).not.toHaveTextContent('running')
    expect(screen.getByRole('heading', { name: 'This call was cut off' })).toBeInTheDocument()
    expect(screen.getByText(words)).toBeInTheDocument()
  })
})

it('a call whose arguments are being written does not run yet', () => {
  vi.useFakeTimers()
  try {
    const { input: _, output: __, durationMs: ___, startedAt: ____, ...rest } = call('c')
    const part: ToolPart = { ...rest, state: 'input-streaming', inputText: '{"sql": "SELECT' }
    const begun: Message = answer('a', 'q', [part], { status: 'running' })
    show([q, begun], {
      live: { runId: 'run.a', get: () => begun, subscribe: () => () => undefined },
      running: true,
    })
    const before = line().textContent
    expect(before).toBe('Call 1Northwindread_querySELECTbeing written')
    vi.advanceTimersByTime(5_000)
    expect(line().textContent).toBe(before)
  } finally {
    vi.useRealTimers()
  }
})
