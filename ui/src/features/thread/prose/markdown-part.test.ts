// @vitest-environment jsdom
import { expect, it } from 'vitest'
import { hasProse } from './markdown-part'
import { answer, call, question, text } from '../sample'

it.each([
  ['a question', [question('q', '', 'What?')], false],
  [
    'calls and no word yet',
    [question('q', '', 'What?'), answer('a', 'q', [call('c'), text('t', ' ')])],
    false,
  ],
  ['a question in Markdown', [question('q', '', 'What does `x` do?')], true],
  ['an answer', [question('q', '', 'What?'), answer('a', 'q', [call('c'), text('t', 'So.')])], true],
])('%s: whether it has to be read as Markdown', (_name, messages, want) => {
  expect(hasProse(messages)).toBe(want)
})
