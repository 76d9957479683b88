// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { strings } from '@/strings/thread'
import type { TextGrounding } from '@/wire/wire.gen'
import { answer } from '../sample'
import { unfoundIn } from './unfound'

const report = (...figures: string[]): TextGrounding => ({
  textId: 't',
  report: {
    marks: [],
    notFound: figures.map((text) => ({ start: 0, end: text.length, text, cited: 'absent' as const })),
    citations: [],
    partial: false,
  },
})

describe('unfoundIn', () => {
  it('lists each figure once, whichever text it stands in', () => {
    expect(unfoundIn(answer('a', 'q', [], { grounding: [report('12.5 %', '99'), report('99')] }))).toEqual([
      '12.5 %',
      '99',
    ])
  })

  it('has nothing to say of an answer without rows behind it', () => {
    expect(unfoundIn(answer('a', 'q', []))).toEqual([])
  })

  it('is told in one sentence', () => {
    expect(strings.notInData(['99'])).toBe('Not found in the data: 99.')
    expect(strings.notInData(['12.5 %', '99'])).toBe('Not found in the data: 12.5 %, 99.')
  })
})
