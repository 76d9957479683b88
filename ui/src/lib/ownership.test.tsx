import { beforeEach, expect, it } from 'vitest'
import { claim, draftName } from './ownership'
import { load, save } from './storage'

beforeEach(() => {
  localStorage.clear()
  sessionStorage.clear()
})

it('keeps what a person left through an expired login', () => {
  claim('ann')
  save(draftName('ann', 'new'), 'Which')
  save('connecting', 'notes', 'tab')
  claim('ann')
  expect([load(draftName('ann', 'new')), load('connecting', 'tab')]).toEqual(['Which', 'notes'])
})

it('leaves nothing of it to somebody else, and what belongs to the browser as it is', () => {
  claim('ann')
  save(draftName('ann', 'new'), 'secret')
  save('draft.thr_1', 'of an older page')
  save('connecting', 'notes', 'tab')
  save('theme', 'dark')
  claim('bob')
  expect(JSON.stringify(localStorage)).not.toContain('secret')
  expect([load('draft.thr_1'), load('connecting', 'tab'), load('theme')]).toEqual([null, null, 'dark'])
})

it('takes no name for the beginning of another', () => {
  save(draftName('ann.b', 'c'), 'secret')
  claim('ann')
  expect(load(draftName('ann.b', 'c'))).toBeNull()
})
