// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest'
import {
  forgetConnect,
  forgetFailure,
  noteReturn,
  recallConnect,
  recallFailure,
  rememberConnect,
} from './connecting'

const notes = { id: 'notes', name: 'Notes' }
beforeEach(() => {
  sessionStorage.clear()
  history.replaceState(null, '', '/t/1')
})

describe('a way to a server’s login and back', () => {
  it('is told to every drawing until one is on view, and then no more', () => {
    rememberConnect(notes)
    expect([recallConnect(), recallConnect()]).toEqual([notes, notes])
    forgetConnect()
    expect(recallConnect()).toBeNull()
  })

  it('that failed says why in the same way, and the address is clean', () => {
    rememberConnect(notes)
    history.replaceState(null, '', '/t/1?connect_error=denied')
    noteReturn()
    expect(location.search).toBe('')
    expect([recallFailure(), recallFailure()]).toMatchObject([{ said: 'denied' }, { said: 'denied' }])
    expect(recallConnect()).toEqual({ ...notes, failed: true })
    forgetFailure()
    expect(recallFailure()).toBeNull()
  })
})
