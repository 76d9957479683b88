import { describe, expect, it } from 'vitest'
import { listOf, plural } from './plural'

describe('plural', () => {
  const rows = { one: '# row is', other: '# rows are' }
  it.each([
    ['one thing', plural(1, rows), '1 row is'],
    ['none', plural(0, rows), '0 rows are'],
    ['very many', plural(1_200, rows), '1,200 rows are'],
    ['a number in words', plural(2, { one: '# runs', other: '# run' }, 'Two'), 'Two run'],
    ['a number that is more than one', plural(1, { other: '# of them' }, '1+'), '1+ of them'],
    ['what is not told in numbers', plural(1, { one: 'once', other: '# times' }), 'once'],
  ])('writes %s', (_name, said, want) => expect(said).toBe(want))
})

describe('listOf', () => {
  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b', 'c'], 'a, b, c'],
  ])('writes %j', (things, want) => expect(listOf(things)).toBe(want))
})
