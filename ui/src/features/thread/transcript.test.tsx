import { screen, within } from '@testing-library/react'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { ApiError } from '@/lib/api'
import type { Kind, Message } from '@/wire/wire.gen'
import { answer, call, question, reasoning, text } from './sample'
import { show } from './sample-view'
import type { ThreadState } from './state/use-thread'

// The parts that the page loads later are here from the start, so that a test
// waits for nothing that it is not about.
beforeAll(async () => {
  await Promise.all([import('./prose/markdown'), import('./table/data-table')])
})

const q = question('q', '', 'How did sales develop?')
const lines = () => screen.getAllByRole('button', { name: /^Call/ })

describe('Transcript', () => {
  it('shows a turn as a report: question, thought, calls and text in their order', async () => {
    show([
      q,
      answer('a', 'q', [
        reasoning('r', '**Planning**'),
        call('c1'),
        text('t1', 'So **far**'),
        call('c2'),
        text('t2', 'End'),
      ]),
    ])
    const turn = screen.getByRole('article')
    expect(within(turn).getByRole('heading', { level: 2 })).toHaveTextContent('How did sales develop?')
    expect(within(turn).getByText('Dana')).toBeInTheDocument()
    await within(turn).findByText('far')
    const order = within(turn)
      .getAllByText(/^(Thought|Planning|read_query|far|End)$/)
      .map((e) => e.textContent)
    expect(order).toEqual(['Thought', 'Planning', 'read_query', 'far', 'read_query', 'End'])
  })

  it('numbers calls through the thread and says what each was and gave', () => {
    const second = question('q2', 'a', 'On')
    show([
      q,
      answer('a', 'q', [call('c1'), text('t', 'x')]),
      second,
      answer('b', 'q2', [call('c2', { input: { table: 'Orders' }, durationMs: 1234 }), text('u', 'y')]),
    ])
    expect(lines().map((l) => l.textContent)).toEqual([
      'Call 1Northwindread_querySELECT 11 row12 ms',
      'Call 2Northwindread_querytable: Orders1 row1.2 s',
    ])
  })

  it('opens a call into its table, its SQL and its raw data, with their provenance', async () => {
    const { user } = show([q, answer('a', 'q', [call('c1')])])
    await user.click(screen.getByRole('button', { name: /^Call/ }))
    const panel = screen.getByRole('list', { name: 'Calls' })
    expect(await within(panel).findByRole('table')).toBeInTheDocument()
    expect(within(panel).getByText('Allowed')).toBeInTheDocument()
    expect(within(panel).getByText('dana@example.com')).toBeInTheDocument()
    await user.click(screen.getByRole('tab', { name: 'SQL' }))
    expect(screen.getByRole('group', { name: 'SQL of call 1' })).toHaveTextContent('SELECT 1')
    await user.click(screen.getByRole('tab', { name: 'Raw' }))
    expect(screen.getByRole('group', { name: 'Raw data of call 1' })).toHaveTextContent('"rowCount": 1')
  })

  it('offers no tab that has nothing to show', async () => {
    const { user } = show([
      q,
      answer('a', 'q', [
        call('c', { input: { table: 'Orders' }, output: { text: 'Orders has 830 rows.', isError: false } }),
      ]),
    ])
    await user.click(screen.getByRole('button', { name: /^Call/ }))
    expect(screen.getAllByRole('tab').map((t) => t.textContent)).toEqual(['Text', 'Arguments', 'Raw'])
  })

  it('opens a failure by itself, in the words of the server', () => {
    show([
      q,
      answer('a', 'q', [
        call('c', { output: { text: 'no such column: x', isError: true } }),
        text('t', 'Hm'),
      ]),
    ])
    const line = screen.getByRole('button', { name: /^Call/ })
    expect(line).toHaveAttribute('aria-expanded', 'true')
    expect(line).toHaveTextContent('failed')
    expect(screen.getByText('no such column: x')).toBeInTheDocument()
    expect(screen.getByRole('heading', { name: 'Northwind could not run this call' })).toBeInTheDocument()
    expect(screen.getByRole('button', { name: 'Copy details' })).toBeInTheDocument()
  })

  it('shows a call that was stopped with the answer as stopped, not as failed', () => {
    const { output: _, durationMs: __, ...rest } = call('c')
    show([
      q,
      answer('a', 'q', [{ ...rest, state: 'output-error', errorText: 'Stopped.' }], { status: 'stopped' }),
    ])
    const line = screen.getByRole('button', { name: /^Call/ })
    expect(line).toHaveAttribute('aria-expanded', 'false')
    expect(line).toHaveTextContent('stopped')
  })

  it.each([
    {
      name: 'stopped',
      message: { status: 'stopped' as const },
      want: 'You stopped this answer.',
      again: 'Start over',
    },
    {
      name: 'failed',
      message: {
        status: 'failed' as const,
        failure: { kind: 'provider_busy' as const, message: 'OpenAI is busy. Try again in 38 seconds.' },
      },
      want: 'OpenAI is busy. Try again in 38 seconds.',
      again: 'Start over',
    },
    {
      name: 'left running by a server that is gone',
      message: { status: 'running' as const },
      want: 'This answer was cut off.',
    },
    {
      name: 'filtered',
      message: { finishReason: 'content-filter' },
      want: 'The provider withheld part of this answer.',
    },
  ])(
    'says that an answer was $name, and offers to try again',
    async ({ message, want, again = 'Try again' }) => {
      const regenerate = vi.fn<ThreadState['regenerate']>(() => Promise.resolve())
      const { user } = show([q, answer('a', 'q', [text('t', 'x')], message)], { regenerate })
      expect(
        screen.getByText((_, e) => e?.tagName === 'P' && e.textContent?.startsWith(want) === true),
      ).toBeInTheDocument()
      await user.click(screen.getByRole('button', { name: again }))
      expect(regenerate).toHaveBeenCalledWith('a')
    },
  )

  it.each<[string, Partial<Message>]>([
    ['a length limit cut it off', { finishReason: 'length' }],
    ['it was stopped', { status: 'stopped' }],
    ['it failed', { status: 'failed', failure: { kind: 'provider_down', message: 'No.' } }],
  ])('continues an answer where %s', async (_name, fields) => {
    const goOn = vi.fn<ThreadState['goOn']>(() => Promise.resolve())
    const { user } = show([q, answer('a', 'q', [text('t', 'x')], fields)], { goOn })
    await user.click(screen.getByRole('button', { name: 'Continue' }))
    expect(goOn).toHaveBeenCalledWith('a')
  })

  it('begins anew where there is nothing to continue', () => {
    show([q, answer('a', 'q', [], { status: 'stopped' })])
    expect(screen.queryByRole('button', { name: 'Continue' })).not.toBeInTheDocument()
    expect(screen.getByRole('button', { name: 'Try again' })).toBeInTheDocument()
  })

  it('draws a continuation in the same turn, under one foot', async () => {
    const regenerate = vi.fn<ThreadState['regenerate']>(() => Promise.resolve())
    const usage = { inputTokens: 10, cachedTokens: 4, outputTokens: 2, reasoningTokens: 0, toolTokens: 0 }
    const cost = { usd: 0.001 }
    const { user } = show(
      [
        q,
        answer('a', 'q', [call('c1'), text('t', 'Half')], { status: 'stopped', usage, cost }),
        answer('b', 'a', [call('c2'), text('u', 'Whole')], { usage, cost }),
      ],
      { regenerate },
    )
    expect(screen.getAllByRole('article')).toHaveLength(1)
    expect(screen.getByText(/^Continued at \d\d:\d\d$/)).toBeInTheDocument()
    expect(screen.queryByText('You stopped this answer.')).not.toBeInTheDocument()
    expect(lines().map((l) => l.textContent?.slice(0, 6))).toEqual(['Call 1', 'Call 2'])
    expect(screen.getByRole('contentinfo')).toHaveTextContent(
      'From Northwind·2 calls·2 rows·24 ms·Guide in 4.0 s·24 tokens, 8 cached·about $0.002',
    )
    await user.click(screen.getByRole('button', { name: 'Answer again' }))
    expect(regenerate).toHaveBeenCalledWith('a')
  })

  it('picks among continuations', async () => {
    const selectBranch = vi.fn<ThreadState['selectBranch']>()
    const { user } = show(
      [
        q,
        answer('a', 'q', [text('t', 'x')], { status: 'stopped' }),
        answer('b', 'a', [text('u', 'y')]),
        answer('c', 'a', [text('v', 'z')]),
      ],
      { selectBranch },
    )
    await user.click(screen.getByRole('button', { name: 'Earlier version' }))
    expect(selectBranch).toHaveBeenCalledWith('b')
  })

  it('offers a new thread where this one is too long', async () => {
    const onNewThread = vi.fn<() => void>()
    const failure = { kind: 'context_too_long' as const, message: 'It has 300,000 tokens.' }
    const { user } = show([q, answer('a', 'q', [], { status: 'failed', failure })], {}, { onNewThread })
    await user.click(screen.getByRole('button', { name: 'New thread' }))
    expect(onNewThread).toHaveBeenCalledOnce()
  })

  it('leads to the servers where one of them ended the answer', async () => {
    const onOpenServers = vi.fn<() => void>()
    const failure = { kind: 'server_down' as const, message: 'OpenAI could not read the tools of My CRM.' }
    const { user } = show([q, answer('a', 'q', [], { status: 'failed', failure })], {}, { onOpenServers })
    await user.click(screen.getByRole('button', { name: 'Servers' }))
    expect(onOpenServers).toHaveBeenCalledOnce()
  })

  it.each<[Kind, string, string]>([
    [
      'model_not_found',
      'OpenAI does not offer the model “x”. Choose another one.',
      'Choose a model, Try again, Copy details',
    ],
    [
      'provider_auth',
      'OpenAI rejected this server’s key. Please tell the administrator.',
      'Copy details, Try again',
    ],
    [
      'provider_quota',
      'The AI budget at OpenAI is used up. Please tell the administrator.',
      'Copy details, Try again',
    ],
    ['forbidden', 'You may not do this. Please tell the administrator.', 'Copy details, Try again'],
    ['provider_down', 'OpenAI is in trouble at the moment. Try again.', 'Try again, Copy details'],
    ['gateway_down', 'The gateway is away. Try again in a moment.', 'Try again, Copy details'],
    ['context_too_long', 'The thread is too long for this model.', 'New thread, Copy details'],
  ])('offers first what the sentence about %s says, and says it once', (kind, message, offers) => {
    const failure = { kind, message }
    show(
      [q, answer('a', 'q', [], { status: 'failed', failure })],
      {},
      { onOpenModels: () => undefined, onNewThread: () => undefined },
    )
    const said = screen.getByText((_, e) => e?.tagName === 'P' && e.textContent?.trim() === message)
    const buttons = within(said.closest<HTMLElement>('.cut') ?? said).getAllByRole('button')
    expect(buttons.map((b) => b.textContent).join(', ')).toBe(offers)
  })

  it('opens the list of models where the model is not there', async () => {
    const onOpenModels = vi.fn<() => void>()
    const failure = {
      kind: 'model_not_found' as const,
      message: 'There is no such model. Choose another one.',
    }
    const { user } = show([q, answer('a', 'q', [], { status: 'failed', failure })], {}, { onOpenModels })
    await user.click(screen.getByRole('button', { name: 'Choose a model' }))
    expect(onOpenModels).toHaveBeenCalledOnce()
  })

  it('says where the failure of an answer can be looked up, and copies that', async () => {
    const trace = { requestId: 'req_7', status: 503, code: 'server_error' }
    const failure = { kind: 'provider_down' as const, message: 'OpenAI is in trouble.', trace }
    const { user } = show([q, answer('a', 'q', [], { status: 'failed', failure })])
    expect(screen.getByText('req_7')).toBeInTheDocument()
    expect(screen.getByText('503')).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Copy details' }))
    expect((await navigator.clipboard.readText()).split('\n')).toEqual([
      'Run: run.a',
      'Model: guide',
      expect.stringMatching(/^Started: /),
      expect.stringMatching(/^Ended: /),
      'Request: req_7',
      'Status: 503',
      'Code: server_error',
      'Kind: provider_down',
      'Error: OpenAI is in trouble.',
    ])
  })

  it('tells which servers an answer had to do without', async () => {
    const onOpenServers = vi.fn<() => void>()
    const notices: Message['notices'] = [
      { server: 'g', name: 'GitHub', status: 'needs_connect' },
      { server: 'w', name: 'Wiki', status: 'no_access', error: 'The policy does not let you in.' },
    ]
    const { user } = show([q, answer('a', 'q', [text('t', 'x')], { notices })], {}, { onOpenServers })
    expect(screen.getByText('Answered without GitHub.')).toBeInTheDocument()
    expect(screen.getByText(/The policy does not let you in/)).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Servers' }))
    expect(onOpenServers).toHaveBeenCalledOnce()
  })

  it('tells below the last answer what the thread has used, once nothing is being written', () => {
    const usage = { inputTokens: 1000, cachedTokens: 0, outputTokens: 234, reasoningTokens: 0, toolTokens: 0 }
    const messages = [
      q,
      answer('a', 'q', [text('t', 'x')], { usage }),
      question('r', 'a', 'And then?'),
      answer('b', 'r', [text('u', 'y')], { usage, cost: { usd: 0.5 } }),
    ]
    const { update } = show(messages)
    expect(screen.getByText('This thread so far: 2,468 tokens')).toBeInTheDocument()
    update(messages, { running: true })
    expect(screen.queryByText(/^This thread so far/)).toBeNull()
  })

  it('sums up at its foot what an answer rests on', () => {
    const usage = { inputTokens: 6000, cachedTokens: 0, outputTokens: 214, reasoningTokens: 0, toolTokens: 0 }
    show([q, answer('a', 'q', [call('c1'), call('c2'), text('t', 'x')], { usage })])
    expect(screen.getByText('Guide in 2.0 s').parentElement).toHaveTextContent(
      'From Northwind·2 calls·2 rows·24 ms·Guide in 2.0 s·6,214 tokens',
    )
  })

  it('has a time for a call that took less than it can measure', async () => {
    const { durationMs: _, ...fast } = call('c')
    const { user } = show([q, answer('a', 'q', [fast, text('t', 'x')])])
    await user.click(screen.getByRole('button', { name: /1 row\s*<1 ms$/ }))
    expect(screen.getAllByText('<1 ms')).toHaveLength(3)
  })

  it('picks among versions of a question and of an answer', async () => {
    const selectBranch = vi.fn<ThreadState['selectBranch']>()
    const { user } = show([q, answer('a', 'q', []), answer('b', 'q', [text('t', 'x')])], { selectBranch })
    const picker = screen.getByRole('group', { name: 'Version 2 of 2' })
    expect(within(picker).getByRole('button', { name: 'Later version' })).toHaveAttribute(
      'aria-disabled',
      'true',
    )
    await user.click(within(picker).getByRole('button', { name: 'Earlier version' }))
    expect(selectBranch).toHaveBeenCalledWith('a')
  })

  it('keeps the way back from a version that has nothing to show', () => {
    show([q, answer('a', 'q', [text('t', 'x')]), answer('b', 'q', [])])
    expect(screen.getByText('The model gave no answer.')).toBeInTheDocument()
    expect(screen.getByRole('group', { name: 'Version 2 of 2' })).toBeInTheDocument()
  })

  it('says why it could not ask', async () => {
    const problem = { title: 'Conflict', status: 409, detail: 'An answer is being written already.' }
    const { user } = show([q, answer('a', 'q', [text('t', 'x')])], {
      regenerate: () => Promise.reject(new ApiError(problem)),
    })
    await user.click(screen.getByRole('button', { name: 'Answer again' }))
    expect(await screen.findByText('An answer is being written already.')).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Dismiss' }))
    expect(screen.queryByText('An answer is being written already.')).not.toBeInTheDocument()
  })

  it('draws the newest turns of a long thread, and older ones on demand', async () => {
    const messages = Array.from({ length: 100 }, (_, i) =>
      question(`q${i}`, i === 0 ? '' : `q${i - 1}`, `Question ${i}.`),
    )
    const { user } = show(messages)
    expect(screen.getAllByRole('article')).toHaveLength(30)
    await user.click(screen.getByRole('button', { name: 'Show 70 earlier questions' }))
    expect(screen.getAllByRole('article')).toHaveLength(60)
    expect(screen.getByRole('button', { name: 'Show 40 earlier questions' })).toBeInTheDocument()
  })
})
