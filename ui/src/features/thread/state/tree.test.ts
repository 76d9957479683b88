import { describe, expect, it } from 'vitest'
import type { Message } from '@/wire/wire.gen'
import { answer, question } from '../sample'
import { branches, select, visiblePath, type Selection } from './tree'

const q1 = question('q1', '', 'first')
const a1 = answer('a1', 'q1', [])
const a2 = answer('a2', 'q1', [])
const q2 = question('q2', 'a1', 'on')
const q3 = question('q3', '', 'first, edited')

const ids = (messages: Message[]) => messages.map((m) => m.id).join(' ')

describe('visiblePath', () => {
  const cases: { name: string; messages: Message[]; selection?: Selection; want: string }[] = [
    { name: 'nothing in an empty thread', messages: [], want: '' },
    { name: 'a line as it is', messages: [q1, a1, q2], want: 'q1 a1 q2' },
    { name: 'the newest answer', messages: [q1, a1, a2], want: 'q1 a2' },
    { name: 'the branch where the newest message is', messages: [q1, a1, a2, q2], want: 'q1 a1 q2' },
    { name: 'the newest question at the root', messages: [q1, a1, a2, q2, q3], want: 'q3' },
    { name: 'what was chosen', messages: [q1, a1, a2, q2], selection: { q1: 'a2' }, want: 'q1 a2' },
    { name: 'what was chosen at the root', messages: [q1, a1, q3], selection: { '': 'q1' }, want: 'q1 a1' },
    {
      name: 'the newest where the choice is gone',
      messages: [q1, a1],
      selection: { q1: 'x' },
      want: 'q1 a1',
    },
    { name: 'no message whose line misses the root', messages: [q2], want: '' },
    { name: 'an end, even if the tree were a ring', messages: [{ ...q1, parentId: 'a1' }, a1], want: '' },
  ]
  it.each(cases)('shows $name', ({ messages, selection = {}, want }) => {
    expect(ids(visiblePath(messages, selection))).toBe(want)
  })
})

describe('branches', () => {
  it('counts questions and answers apart', () => {
    expect(Object.fromEntries(branches([q1, a1, a2, q2, q3]))).toEqual({
      q1: { place: 1, count: 2, earlier: undefined, later: 'q3' },
      q3: { place: 2, count: 2, earlier: 'q1', later: undefined },
      a1: { place: 1, count: 2, earlier: undefined, later: 'a2' },
      a2: { place: 2, count: 2, earlier: 'a1', later: undefined },
    })
  })

  it('reaches both what was asked after an answer and what continues it', () => {
    const { a1: _, ...rest } = Object.fromEntries(branches([q1, a1, q2, answer('c', 'a1', [])]))
    expect(rest).toEqual({
      q2: { place: 1, count: 2, earlier: undefined, later: 'c' },
      c: { place: 2, count: 2, earlier: 'q2', later: undefined },
    })
  })

  it('has nothing to pick in a line', () => {
    expect(branches([q1, a1, q2]).size).toBe(0)
  })
})

describe('select', () => {
  it('shows a message deep in another branch and keeps choices elsewhere', () => {
    const messages = [q1, a1, a2, q2, q3]
    const selection = select(messages, { z: 'y' }, 'q2')
    expect(selection).toEqual({ z: 'y', '': 'q1', q1: 'a1', a1: 'q2' })
    expect(ids(visiblePath(messages, selection))).toBe('q1 a1 q2')
  })
})
