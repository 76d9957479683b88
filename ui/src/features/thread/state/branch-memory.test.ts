// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest'
import { recallBranch, rememberBranch, threadsKept } from './branch-memory'

beforeEach(() => localStorage.clear())

describe('the memory of branches', () => {
  it('knows the last choice of each thread', () => {
    rememberBranch('t1', 'a')
    rememberBranch('t2', 'b')
    rememberBranch('t1', 'c')
    expect(['t1', 't2', 't3'].map(recallBranch)).toEqual(['c', 'b', undefined])
  })

  it('forgets a thread that is on its newest line again, and takes no room then', () => {
    rememberBranch('t1', 'a')
    rememberBranch('t1', undefined)
    expect([recallBranch('t1'), localStorage.length]).toEqual([undefined, 0])
  })

  it('keeps the latest choices, and no more than it may', () => {
    for (let i = 0; i <= threadsKept; i++) rememberBranch(`t${i}`, 'm')
    expect(['t0', 't1', `t${threadsKept}`].map(recallBranch)).toEqual([undefined, 'm', 'm'])
  })

  it('takes rubbish for nothing', () => {
    localStorage.setItem('pomchat.branches', '[["t1",2]]')
    expect(recallBranch('t1')).toBeUndefined()
  })
})
