import { describe, expect, it } from 'vitest'
import { aimAt, Pointer, type Place } from './pointer'

const rows: Place = { call: 1, rows: [0, 2] }
const cells: Place = {
  call: 1,
  rows: null,
  cells: [
    { rows: [1], column: 2 },
    { rows: null, column: 3 },
  ],
}

describe('what is pointed at in a row', () => {
  it.each<[string, Place | undefined, number, boolean | number[]]>([
    ['nothing, where nothing is', undefined, 0, false],
    ['the row as such', rows, 2, true],
    ['not another row', rows, 1, false],
    ['no row of a call as a whole', { call: 1, rows: null }, 1, false],
    ['its cells', cells, 1, [2, 3]],
    ['its cell of a whole column', cells, 0, [3]],
    ['no cell, where there is none', { ...cells, cells: [{ rows: [1], column: 2 }] }, 0, false],
  ])('is %s', (_, place, row, want) => expect(aimAt(place, row)).toEqual(want))
})

describe('Pointer', () => {
  it('forgets what is left, but not what was gone to, until something else is pointed at', () => {
    const pointer = new Pointer()
    pointer.point([rows])
    pointer.leave()
    expect(pointer.pointed).toEqual([])
    pointer.point([rows, cells])
    pointer.seek([rows, cells], null)
    pointer.leave()
    expect([pointer.pointed, pointer.sought?.place]).toEqual([[rows, cells], rows])
    pointer.point([cells])
    pointer.leave()
    expect(pointer.pointed).toEqual([])
  })

  it('seeks nothing where nothing is', () => {
    const pointer = new Pointer()
    pointer.seek([], null)
    expect(pointer.sought).toBeUndefined()
  })
})
