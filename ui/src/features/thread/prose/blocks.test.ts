import { describe, expect, it } from 'vitest'
import { blockReader, blocksOf, topLevel } from './blocks'

describe('blocksOf', () => {
  it.each([
    { name: 'paragraphs', text: 'a\n\nb\n', want: ['a', 'b'] },
    { name: 'a list as one', text: '- a\n- b\n\nc', want: ['- a\n- b', 'c'] },
    { name: 'code with empty lines as one', text: '```\na\n\nb\n```\n\nc', want: ['```\na\n\nb\n```', 'c'] },
    {
      name: 'text with a definition as one',
      text: 'a [x]\n\nb\n\n[x]: https://example.com',
      want: ['a [x]\n\nb\n\n[x]: https://example.com'],
    },
    { name: 'text with a footnote as one', text: 'a[^1]\n\n[^1]: b', want: ['a[^1]\n\n[^1]: b'] },
    { name: 'nothing', text: '', want: [] },
  ])('splits $name', ({ text, want }) => {
    expect(blocksOf(text, false)).toEqual(want)
  })

  it('closes what is open at the end of a stream', () => {
    expect(blocksOf('a **b', true)).toEqual(['a **b**'])
    expect(blocksOf('a `b', true)).toEqual(['a `b`'])
    expect(blocksOf('see [here](https://exa', true)).toEqual(['see here'])
  })

  it('keeps the blocks before the growing one', () => {
    const text = '# A\n\none\n\n- x\n- y\n\n```sql\nSELECT 1\n```\n\nlast paragraph'
    const whole = blocksOf(text, false)
    for (let i = 0; i < text.length; i++) {
      const part = blocksOf(text.slice(0, i), true)
      expect(part.slice(0, -1), `after ${i}`).toEqual(whole.slice(0, Math.max(part.length - 1, 0)))
    }
  })
})

describe('a reader of blocks', () => {
  const text = [
    '# A\n\none **two**\nthree\n\n- x\n\n- y\n  - z\n\n\n```sql\nSELECT 1\n\n-- 2\n```\n',
    '| a | b |\n|---|---|\n| 1 | 2 |\n\n> quoted\nlazily\n\n    code\n\n\n    more\n\nheading\n---\n',
    '1. one\n\n   still\n2. two\n\n<div>\n\nafter *all*\n\n* * *\n\nlast `words` of [it](https://example.com)',
  ].join('\n')

  it.each([1, 2, 7, 40])('gives of a text that grows by %i what reading it whole gives', (step) => {
    const read = blockReader()
    for (let i = step; i < text.length + step; i += step) {
      expect(read(text.slice(0, i), true), `after ${i}`).toEqual(blocksOf(text.slice(0, i), true))
    }
    expect(read(text, false)).toEqual(blocksOf(text, false))
  })

  it('begins anew with another text, and keeps one with definitions whole', () => {
    const read = blockReader()
    expect(read('a\n\nb\n\nc\n\nd', true)).toEqual(['a', 'b', 'c', 'd'])
    expect(read('x\n\nb\n\nc\n\nd', true)).toEqual(['x', 'b', 'c', 'd'])
    const defined = 'x\n\nb\n\nc\n\nd [e]\n\n[e]: https://example.com'
    expect(read(defined, true)).toEqual([defined])
    expect(read(`${defined}\n\nf`, true)).toEqual([`${defined}\n\nf`])
  })

  it('takes the ends of lines as they come', () => {
    expect(blocksOf('a\r\n\r\nb\rc', false)).toEqual(['a', 'b\nc'])
  })
})

describe('topLevel', () => {
  it.each([
    { blocks: ['a', '### b', '#### c'], want: 3 },
    { blocks: ['## a', '# b'], want: 1 },
    { blocks: ['a\n---'], want: 2 },
    { blocks: ['a\n==='], want: 1 },
    { blocks: ['#hashtag', '| a |\n|---|'], want: 1 },
    { blocks: [], want: 1 },
  ])('of $blocks is $want', ({ blocks, want }) => {
    expect(topLevel(blocks)).toBe(want)
  })
})
