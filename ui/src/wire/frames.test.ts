import { describe, expect, it } from 'vitest'
import { frameParser } from './frames'

function parse(...pieces: string[]) {
  const next = frameParser()
  return pieces.flatMap(next)
}

const cases: { name: string; stream: string; want: ReturnType<typeof parse> }[] = [
  { name: 'a frame with an id', stream: 'id: 7\ndata: {"a":1}\n\n', want: [{ id: '7', data: '{"a":1}' }] },
  { name: 'no space after the colon', stream: 'id:7\ndata:x\n\n', want: [{ id: '7', data: 'x' }] },
  {
    name: 'only the first space belongs to the field',
    stream: 'data:  x\n\n',
    want: [{ id: undefined, data: ' x' }],
  },
  {
    name: 'several data lines are one text',
    stream: 'data: a\ndata: b\n\n',
    want: [{ id: undefined, data: 'a\nb' }],
  },
  { name: 'an empty data line is data', stream: 'data\n\n', want: [{ id: undefined, data: '' }] },
  { name: 'a comment is nothing', stream: ': ping\n\ndata: x\n\n', want: [{ id: undefined, data: 'x' }] },
  {
    name: 'event and retry are nothing',
    stream: 'event: y\nretry: 5\ndata: x\n\n',
    want: [{ id: undefined, data: 'x' }],
  },
  {
    name: 'an id does not outlive its frame',
    stream: 'id: 1\ndata: a\n\ndata: b\n\n',
    want: [
      { id: '1', data: 'a' },
      { id: undefined, data: 'b' },
    ],
  },
  { name: 'an id with a NUL is none', stream: 'id: a\0b\ndata: x\n\n', want: [{ id: undefined, data: 'x' }] },
  {
    name: 'a frame without data is none',
    stream: 'id: 1\n\ndata: x\n\n',
    want: [{ id: undefined, data: 'x' }],
  },
  {
    name: 'an unfinished frame does not count',
    stream: 'data: a\n\ndata: b\n',
    want: [{ id: undefined, data: 'a' }],
  },
  { name: 'a byte order mark is skipped', stream: '\uFEFFdata: x\n\n', want: [{ id: undefined, data: 'x' }] },
  {
    name: 'lines may end in CR',
    stream: 'id: 1\rdata: x\r\rdata: y\r\r',
    want: [
      { id: '1', data: 'x' },
      { id: undefined, data: 'y' },
    ],
  },
  {
    name: 'lines may end in CRLF',
    stream: 'id: 1\r\ndata: x\r\n\r\ndata: y\r\n\r\n',
    want: [
      { id: '1', data: 'x' },
      { id: undefined, data: 'y' },
    ],
  },
]

describe('frameParser', () => {
  it.each(cases)('reads: $name', ({ stream, want }) => {
    expect(parse(stream)).toEqual(want)
  })

  it.each(cases)('reads the same in two pieces, cut anywhere: $name', ({ stream, want }) => {
    for (let i = 0; i <= stream.length; i++) {
      expect(parse(stream.slice(0, i), stream.slice(i)), `cut at ${i}`).toEqual(want)
    }
  })

  it.each(cases)('reads the same character by character: $name', ({ stream, want }) => {
    expect(parse(...stream)).toEqual(want)
  })
})
