import { describe, expect, it } from 'vitest'
import { rowMarksOf } from './figures'
import { sameMarks, withMarks, withoutMarks, wordsOf, type Mark } from './marks'

const source = (number: number, at: number): Mark => ({
  kind: 'source',
  id: `s${number}`,
  start: at,
  end: at,
  source: { number, url: `https://${number}.example/`, title: 'T', host: 'h' },
})

/** A text with its marks as people can read them: ‹id|words›. */
const readable = (text: string) =>
  wordsOf(text.replaceAll('\ue000', '‹').replaceAll('\ue001', '|').replaceAll('\ue002', '›'))

describe('withMarks', () => {
  it('puts each mark in once, and takes out what looks like one', () => {
    const marks = [source(2, 3), source(1, 12), source(1, 12)]
    expect(readable(withMarks('See the page. \ue000s9\ue001\ue002', marks, false))).toBe(
      'See‹s2|› the page‹s1|›. \ufffds9\ufffd\ufffd',
    )
    expect(readable(withMarks('Se', marks, false))).toBe('Se‹s2|›‹s1|›')
    expect(withMarks('As it is', [], false)).toBe('As it is')
  })

  it('takes the space before a citation in, and hides what Markdown would read', () => {
    const text = '**5** [1:*], 6 [2:*] and 7[1:3]'
    const marked = withMarks(text, rowMarksOf(text, undefined, 2), false)
    expect(readable(marked)).toBe('**5**‹c6| [1:*]›, 6‹c15| [2:*]› and 7‹c26|[1:3]›')
    expect(marked.match(/[[\]]|\*(?!\*)/g)).toEqual(['*', '*'])
    expect(withoutMarks(marked)).toBe(text)
  })

  it.each([
    ['Sales were 5 [', 'Sales were 5'],
    ['Sales were 5 [1:', 'Sales were 5'],
    ['Sales were 5 [1:2, 4-', 'Sales were 5'],
    ['See [here', 'See [here'],
    ['An array[0] is', 'An array[0] is'],
  ])('holds back what may become a citation: %j', (text, want) => {
    expect(withMarks(text, [], true)).toBe(want)
    expect(withMarks(text, [], false)).toBe(text)
  })

  it('loses no letter of a text, however it was cut', () => {
    const text = 'The **top** is 1,234.50 [1:3] and `[1:4]`, then [a](https://x.example/[1:5]) or [2:*; 1:2].'
    for (let end = 0; end <= text.length; end++) {
      const part = text.slice(0, end)
      expect(withoutMarks(withMarks(part, rowMarksOf(part, undefined, 2), false))).toBe(part)
    }
  })
})

describe('sameMarks', () => {
  const [cited] = rowMarksOf('5 [1:2]', undefined, 1)
  it('tells marks apart by what they show', () => {
    if (cited?.kind !== 'citation') throw new Error('no citation')
    expect(sameMarks([cited], [{ ...cited, places: [...cited.places] }])).toBe(true)
    expect(sameMarks([cited], [{ ...cited, problem: 'elsewhere' }])).toBe(false)
    expect(sameMarks([cited], [])).toBe(false)
  })
})
