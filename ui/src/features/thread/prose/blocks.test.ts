import { describe, expect, it } from 'vitest'
import { blockReader, blocksOf, topLevel, type Block } from './blocks'

const sources = (blocks: Block[]) => blocks.map(({ source }) => source)
/** Each block with the definitions that it is given. */
const pairs = (blocks: Block[]) => blocks.map(({ source, defined }) => [source, defined])

describe('blocksOf', () => {
  it.each([
    { name: 'paragraphs', text: 'a\n\nb\n', want: ['a', 'b'] },
    { name: 'a list as one', text: '- a\n- b\n\nc', want: ['- a\n- b', 'c'] },
    { name: 'code with empty lines as one', text: '```\na\n\nb\n```\n\nc', want: ['```\na\n\nb\n```', 'c'] },
    {
      name: 'definitions away',
      text: '[y]: /y\n\na [x]\n\nb\n\n[x]: https://example.com',
      want: ['a [x]', 'b'],
    },
    { name: 'what may be words', text: '[x]: a(b\n\nc', want: ['[x]: a(b', 'c'] },
    { name: 'text with a footnote as one', text: 'a[^1]\n\n[^1]: b', want: ['a[^1]\n\n[^1]: b'] },
    { name: 'nothing', text: '', want: [] },
  ])('splits $name', ({ text, want }) => {
    expect(sources(blocksOf(text, false))).toEqual(want)
  })

  it('closes what is open at the end of a stream', () => {
    expect(sources(blocksOf('a **b', true))).toEqual(['a **b**'])
    expect(sources(blocksOf('a `b', true))).toEqual(['a `b`'])
    expect(sources(blocksOf('see [here](https://exa', true))).toEqual(['see here'])
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

  it('begins anew with another text, and keeps one with footnotes whole', () => {
    const read = blockReader()
    expect(sources(read('a\n\nb\n\nc\n\nd', true))).toEqual(['a', 'b', 'c', 'd'])
    expect(sources(read('x\n\nb\n\nc\n\nd', true))).toEqual(['x', 'b', 'c', 'd'])
    const noted = 'x\n\nb\n\nc\n\nd[^1]\n\n[^1]: e'
    expect(sources(read(noted, true))).toEqual([noted])
    expect(sources(read(`${noted}\n\nf`, true))).toEqual([`${noted}\n\nf`])
  })

  it('takes the ends of lines as they come', () => {
    expect(sources(blocksOf('a\r\n\r\nb\rc', false))).toEqual(['a', 'b\nc'])
  })
})

describe('definitions', () => {
  const x = '[x]: https://x.example "X"'
  it.each([
    {
      name: 'by a text',
      text: `see [here][x]\n\nb\n\n${x}`,
      want: [
        ['see [here][x]', x],
        ['b', ''],
      ],
    },
    { name: 'by itself, in any case', text: `[X] [  x\n]\n\n${x}`, want: [['[X] [  x\n]', x]] },
    { name: 'by an image within a link', text: `[![a][x]](/b)\n\n${x}`, want: [['[![a][x]](/b)', x]] },
    {
      name: 'before it is defined, and after',
      text: `[x]\n\n${x}\n\n[x] again`,
      want: [
        ['[x]', x],
        ['[x] again', x],
      ],
    },
    { name: 'that was defined first', text: `[x]\n\n${x}\n[x]: /second`, want: [['[x]', x]] },
    {
      name: 'from a quotation',
      text: `[x]\n\n> ${x}`,
      want: [
        ['[x]', x],
        [`> ${x}`, x],
      ],
    },
    {
      name: 'from a list',
      text: `[x]\n\n- a\n\n  ${x}`,
      want: [
        ['[x]', x],
        [`- a\n\n  ${x}`, x],
      ],
    },
    {
      name: 'of several, in their order',
      text: `[b] [x]\n\n${x}\n[b]: /b`,
      want: [['[b] [x]', `[b]: /b\n${x}`]],
    },
    { name: 'of nothing', text: `[y] \\[x\\]\n\n${x}`, want: [['[y] \\[x\\]', '']] },
    {
      name: 'not from code',
      text: `[x]\n\n\`\`\`\n${x}\n\`\`\``,
      want: [
        ['[x]', ''],
        [`\`\`\`\n${x}\n\`\`\``, ''],
      ],
    },
  ])('are found $name', ({ text, want }) => {
    expect(pairs(blocksOf(text, false))).toEqual(want)
  })

  it('reach the blocks that refer to them, once they are whole, and leave the others', () => {
    const read = blockReader()
    const text = 'one [x]\n\ntwo\n\nthree\n\nfour [y]\n\n'
    const seen = ['', '[x]: /x', '[x]: /x\n', '[x]: /x\n[y]: /y', '[x]: /x\n[y]: /y\n\nfive [X]'].map((end) =>
      pairs(read(text + end, true)).map(([, defined]) => defined),
    )
    expect(seen).toEqual([
      ['', '', '', ''],
      ['', '', '', ''],
      ['[x]: /x', '', '', ''],
      ['[x]: /x', '', '', ''],
      ['[x]: /x', '', '', '[y]: /y', '[x]: /x'],
    ])
  })

  it.each([1, 3, 11])('are those of the whole text when it has grown by %i', (step) => {
    const text = `a [x]\n\n${x}\n\nb\n\n- [y][]\n\nc\n\n> [z]\n\n[y]: /y\n[z]: /z 'Z'\n\nd [x] [y] [z]\n\ne\n\nf\n`
    const read = blockReader()
    for (let i = step; i < text.length + step; i += step) {
      expect(read(text.slice(0, i), true), `after ${i}`).toEqual(blocksOf(text.slice(0, i), true))
    }
    expect(read(text, false)).toEqual(blocksOf(text, false))
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
