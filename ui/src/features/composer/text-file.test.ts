// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { decode, readTextFile } from './text-file'

describe('decode', () => {
  it.each<[string, number[], string | null]>([
    ['UTF-8', [0xc3, 0xa9], 'é'],
    ['UTF-8 with its mark', [0xef, 0xbb, 0xbf, 0x61], 'a'],
    ['UTF-16 of Windows', [0xff, 0xfe, 0xe9, 0x00], 'é'],
    ['UTF-16 of others', [0xfe, 0xff, 0x00, 0xe9], 'é'],
    ['the letters of an old spreadsheet', [0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72, 0x3b, 0x31], 'Müller;1'],
    ['the beginning of a picture', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00], null],
    ['a text with a zero in it', [0x61, 0x00], null],
  ])('reads %s', (_name, bytes, want) => expect(decode(new Uint8Array(bytes))).toBe(want))
})

describe('readTextFile', () => {
  const read = async (name: string, content: string | Uint8Array<ArrayBuffer>, type = '') => {
    const got = await readTextFile(new File([content], name, { type }), 100)
    return typeof got === 'string' ? got : got.kind === 'text' && [got.name, got.mediaType, got.text]
  }
  it.each<[string, string, string | Uint8Array<ArrayBuffer>, string, unknown]>([
    ['by its ending', 'a.CSV', 'n\r\n1', 'application/vnd.ms-excel', ['a.CSV', 'text/csv', 'n\n1']],
    ['by what the system says', 'notes', 'x', 'text/x-log', ['notes', 'text/x-log', 'x']],
    ['as plain text else', 'data', 'x', 'application/octet-stream', ['data', 'text/plain', 'x']],
    [
      'not a picture',
      'a.png',
      new Uint8Array([0x89, 0x50, 0x00]),
      'image/png',
      '“a.png” is not a text file, and only text can be attached.',
    ],
    [
      'not what is far too long',
      'dump.sql',
      'x'.repeat(201),
      '',
      '“dump.sql” is 1 KB long, and 1 KB is the most that can be attached in one piece. Attach a part of it.',
    ],
  ])('takes a file %s', async (_name, name, content, type, want) =>
    expect(await read(name, content, type)).toEqual(want),
  )
})
