import { describe, expect, it } from 'vitest'
import type { Message } from '@/wire/wire.gen'
import { copiedText } from './copied-text'
import { answer, text } from '../sample'

const cites = (words: string, ...cited: string[]): Message =>
  answer('a', 'q', [text('t', words)], {
    grounding: [
      {
        textId: 't',
        report: {
          marks: [],
          notFound: [],
          partial: false,
          citations: cited.map((one) => ({
            start: words.indexOf(one),
            end: words.indexOf(one) + one.length,
            text: one,
            sources: [],
            verdict: 'right',
          })),
        },
      },
    ],
  })

describe('the copied text of an answer', () => {
  it.each([
    ['its words', answer('a', 'q', [text('t', ' Sales rose. '), text('u', 'Much.')]), 'Sales rose.\n\nMuch.'],
    [
      'no places that it cites, with the space before them',
      cites('Sales: **12** [1:2], then 87[1:3] and [2:1] 4.', '[1:3]', '[1:2]', '[2:1]'),
      'Sales: **12**, then 87 and 4.',
    ],
    ['what only looks like one', cites('Take `a[1:2]` of 12 [1:2].', ' [1:2]'), 'Take `a[1:2]` of 12.'],
    [
      'no links into a program’s place',
      answer('a', 'q', [
        text('t', 'See [the file](sandbox:/mnt/data/a.csv) and [this](https://x.example/).'),
      ]),
      'See the file and [this](https://x.example/).',
    ],
    [
      'no interim notes',
      answer('a', 'q', [
        { type: 'text', id: 'n', step: 1, text: 'Looking.', state: 'done', kind: 'commentary' },
        text('t', 'Found.'),
      ]),
      'Found.',
    ],
  ])('has %s', (_, message, want) => expect(copiedText(message)).toBe(want))
})
