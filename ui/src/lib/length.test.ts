import { describe, expect, it } from 'vitest'
import { excess } from './length'

describe('excess', () => {
  it.each([
    ['an empty text', '', 0, null],
    ['a text of just the limit', 'abcd', 4, null],
    ['one byte more', 'abcde', 4, 5],
    ['letters of two bytes', 'ééé', 4, 6],
    ['a face of four bytes', '🙂', 4, null],
    ['half a face, which is sent as a replacement', '\ud83d', 2, 3],
  ])('measures %s in bytes', (_name, text, max, want) => expect(excess(text, max)).toBe(want))

  it('measures a megabyte', () => expect(excess('é'.repeat(1 << 19), 1 << 18)).toBe(1 << 20))
})
