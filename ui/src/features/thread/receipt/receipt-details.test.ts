// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import type { Mark, Message, Report, ToolPart } from '@/wire/wire.gen'
import { receiptRows } from './receipt-details'
import { answer, at, call, question, text } from '../sample'

const gateway = { gateway: true, modelLabel: (id: string) => id.toUpperCase() }
const alone = { ...gateway, gateway: false }
const as = 'alice@example.com'
const asked: Message = {
  ...question('q', '', 'What?'),
  parts: [
    { type: 'text', id: 't', step: 0, text: 'What?', state: 'done', by: { name: 'Alice Smith', email: as } },
  ],
}
const handbook = { name: 'handbook__find', server: 'handbook', serverName: 'Handbook', tool: 'find' }
const own = { name: 'read_result', server: '', serverName: 'pomchat', tool: 'read_result' }
const search = { name: 'web_search', server: '', serverName: '', tool: 'web_search' }
const rows = (
  of: string,
  messages: Message[],
  reader = gateway,
  q: Message | undefined = asked,
  before = 0,
) => receiptRows(messages, q, before, reader).find(({ name }) => name === of)?.lines ?? []
const calls = (...parts: ToolPart[]) => [answer('a', 'q', parts)]
const { output: _, ...unanswered } = call('c')

describe('an expanded receipt', () => {
  it.each([
    ['name and address', asked, gateway, ['Alice Smith (alice@example.com)']],
    ['nobody, where an old question does not say', question('q', '', 'x'), gateway, []],
    ['the person at the keyboard, where there is no gateway', asked, alone, ['you, on this machine']],
  ])('says who asked: %s', (_name, q, reader, want) => {
    expect(rows('Asked by', calls(), reader, q)).toEqual(want)
  })

  it.each([
    [
      'one server',
      calls(call('a', { as }), call('b', { as })),
      gateway,
      [`Calls 3, 4 on Northwind as ${as}, through Pomerium`],
    ],
    [
      'none that is known, of an old answer',
      calls(call('a')),
      gateway,
      ['Call 3 on Northwind, through Pomerium'],
    ],
    [
      'several places',
      calls(
        call('a', { as }),
        call('b', { tool: handbook, as, providerExecuted: true }),
        call('c', { tool: search, providerExecuted: true }),
        call('d', { tool: own }),
        call('e', { as }),
      ),
      gateway,
      [
        `Calls 3, 7 on Northwind as ${as}, through Pomerium`,
        `Call 4 on Handbook as ${as}, through Pomerium, made by the model’s provider`,
        'Call 5 by the model’s provider itself, without your identity',
        'Call 6 within pomchat',
      ],
    ],
    [
      'nowhere',
      calls(
        { ...unanswered, as, state: 'output-denied' },
        { ...unanswered, as, state: 'output-error', errorKind: 'forbidden', trace: { requestId: 'r' } },
        { ...unanswered, state: 'output-error', tool: { ...search, name: 'x' } },
      ),
      gateway,
      [
        'Call 3 nowhere: you did not allow it',
        `Call 4 to Northwind as ${as}, stopped by policy at Pomerium`,
        'Call 5 nowhere: there is no such tool',
      ],
    ],
    [
      'this machine',
      calls(call('a', { as: 'alice' })),
      alone,
      ['Call 3 on Northwind as you, on this machine'],
    ],
  ])('says where each call ran, and as whom: %s', (_name, messages, reader, want) => {
    expect(rows('Carried out', messages, reader, asked, 2)).toEqual(want)
  })

  it('says what wrote it, with what, and how long that took without what it waited', () => {
    const usage = {
      inputTokens: 1000,
      cachedTokens: 600,
      outputTokens: 200,
      reasoningTokens: 0,
      toolTokens: 0,
    }
    const waited = call('c', { pauses: [{ from: at(10), to: at(3610) }] })
    const messages = [answer('a', 'q', [waited], { steps: 3, usage, cost: { usd: 0.5 }, endedAt: at(3620) })]
    expect([rows('Model', messages), rows('Time', messages)]).toEqual([
      ['GUIDE, asked 3 times', '1,200 tokens, 600 cached; about $0.50'],
      ['19 s at work.', '1:00:00 h of waiting: for you, or for a connection.'],
    ])
  })

  const mark = (words: string, fields: Partial<Mark> = {}): Mark => ({
    start: 0,
    end: 1,
    text: words,
    kind: 'cell',
    rounded: false,
    rescaled: false,
    weak: false,
    cited: 'absent',
    sources: [{ call: 'c', number: 1, rows: [0], column: 0 }],
    ...fields,
  })
  const checked = (report: Partial<Report>) => [
    answer('a', 'q', [call('c'), text('t', 'x')], {
      grounding: [
        { textId: 't', report: { marks: [], citations: [], notFound: [], partial: false, ...report } },
      ],
    }),
  ]
  it.each([
    [
      'all is well',
      checked({ marks: [mark('1'), mark('2')] }),
      ['2 figures are in the data of these or earlier calls.'],
    ],
    [
      'little is',
      checked({
        marks: [
          mark('1', { weak: true }),
          mark('2', { weak: true, astray: true }),
          mark('3', { kind: 'given', sources: [] }),
        ],
        notFound: [{ start: 0, end: 1, text: '4', cited: 'absent' }],
        partial: true,
      }),
      [
        'Perhaps in the data, perhaps by chance: 1.',
        'In the data, but of other rows than the text says: 2.',
        'Not found in the data: 4.',
        'Not everything was looked at: the text or the tables were too large for it.',
      ],
    ],
    ['nobody looked', calls(call('c')), ['None was checked.']],
    ['there was nothing to look at', calls(), []],
  ])('says what the data bear out, where %s', (_name, messages, want) => {
    expect(rows('Figures', messages)).toEqual(want)
  })
})
