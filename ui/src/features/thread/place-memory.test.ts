// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest'
import { placesKept, recallPlace, rememberPlace } from './place-memory'

beforeEach(() => sessionStorage.clear())

const at = (turn: string) => ({ turn, piece: 1, offset: -12, pages: 2 })

describe('the memory of places', () => {
  it('knows where this tab left each thread', () => {
    rememberPlace('t1', at('a'))
    rememberPlace('t2', at('b'))
    rememberPlace('t1', at('c'))
    expect(['t1', 't2', 't3'].map(recallPlace)).toEqual([at('c'), at('b'), undefined])
  })

  it('forgets a thread that was left at its end, and takes no room then', () => {
    rememberPlace('t1', at('a'))
    rememberPlace('t1', undefined)
    expect([recallPlace('t1'), sessionStorage.length, localStorage.length]).toEqual([undefined, 0, 0])
  })

  it('keeps the latest places, and no more than it may', () => {
    for (let i = 0; i <= placesKept; i++) rememberPlace(`t${i}`, at('m'))
    expect(['t0', 't1', `t${placesKept}`].map(recallPlace)).toEqual([undefined, at('m'), at('m')])
  })

  it.each([
    ['[["t1",2]]'],
    ['[["t1",{"turn":"a","piece":"1","offset":0,"pages":1}]]'],
    ['{"t1":null}'],
    ['[[1'],
  ])('takes %s for nothing', (rubbish) => {
    sessionStorage.setItem('pomchat.places', rubbish)
    expect(recallPlace('t1')).toBeUndefined()
  })
})
