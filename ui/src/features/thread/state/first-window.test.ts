import { expect, it } from 'vitest'
import { turnsInWindow } from './first-window'
import { answer, call, question, text } from '../sample'
import { turnsOf } from './turns'

const long = 'A sentence of fifty characters, as answers have it. '

/** A thread of so many turns, the words of each answer repeated so often, with so many calls. */
function thread(turns: number, often: number, calls = 0) {
  const parts = (i: number) => [
    ...Array.from({ length: calls }, (_, k) => call(`c${i}.${k}`)),
    text(`t${i}`, long.repeat(often)),
  ]
  return turnsOf(
    Array.from({ length: turns }, (_, i) => [
      question(`q${i}`, i === 0 ? '' : `a${i - 1}`, 'What?'),
      answer(`a${i}`, `q${i}`, parts(i)),
    ]).flat(),
  )
}

it.each([
  ['short answers', thread(20, 1), 900, 6],
  ['long answers', thread(20, 60), 900, 1],
  ['many calls', thread(20, 1, 12), 900, 2],
  ['a low window', thread(20, 1), 320, 3],
  ['a very high window', thread(20, 1), 9_000, 8],
  ['a thread that is shorter than its window', thread(2, 1), 900, 2],
  ['an empty thread', [], 900, 0],
])('%s: how many turns are drawn first', (_name, turns, height, want) => {
  expect(turnsInWindow(turns, height)).toBe(want)
})
