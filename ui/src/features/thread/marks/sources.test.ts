import { describe, expect, it } from 'vitest'
import type { Part, SourcePart } from '@/wire/wire.gen'
import { text } from '../sample'
import { marksOf, sourcesOf } from './sources'

const source = (id: string, url: string, fields: Partial<SourcePart> = {}): Part => ({
  type: 'source-url',
  id,
  step: 1,
  url,
  ...fields,
})

describe('sourcesOf', () => {
  it('numbers pages once each, in the order in which they came', () => {
    const parts = [
      text('t', 'x'),
      source('1', 'https://www.example.com/a', { title: 'A' }),
      source('2', 'https://b.example/'),
      source('3', 'https://www.example.com/a', { title: 'Again' }),
    ]
    expect(sourcesOf(parts)).toEqual([
      { number: 1, url: 'https://www.example.com/a', title: 'A', host: 'example.com' },
      { number: 2, url: 'https://b.example/', title: 'b.example', host: 'b.example' },
    ])
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', 'file:///x', '//x.example', 'x'])(
    'leaves out %s',
    (url) => {
      expect(sourcesOf([source('1', url)])).toEqual([])
    },
  )
})

describe('marks', () => {
  const parts = [
    source('1', 'https://a.example/', { textId: 't', start: 4, end: 12 }),
    source('2', 'https://b.example/', { textId: 't', start: 0, end: 3 }),
    source('3', 'https://a.example/', { textId: 't', start: 0, end: 12 }),
    source('4', 'https://c.example/', { textId: 'u', start: 0, end: 1 }),
    source('5', 'https://d.example/', { textId: 't' }),
  ]
  const marks = marksOf(parts, sourcesOf(parts), 't')

  it('are those of the text whose place is known, in its order', () => {
    expect(marks.map((m) => [m.start, m.source.number])).toEqual([
      [3, 2],
      [12, 1],
      [12, 1],
    ])
  })
})
