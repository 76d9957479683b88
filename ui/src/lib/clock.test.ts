import { afterEach, describe, expect, it, vi } from 'vitest'
import { noteDate, serverNow } from './clock'

const noon = Date.UTC(2026, 0, 2, 12)
const header = (ms: number) => new Date(ms).toUTCString()

afterEach(() => {
  noteDate(header(Date.now()))
  vi.useRealTimers()
})

describe('the clock of the server', () => {
  it.each([
    ['this computer’s, as long as nothing else is known', null, 0],
    ['this computer’s, where a header is rubbish', 'soon', 0],
    ['this computer’s, where they differ by no more than the way takes', header(noon - 2_000), 0],
    ['ahead', header(noon + 90_000), 90_500],
    ['behind', header(noon - 3_600_000), -3_599_500],
  ])('is %s', (_, date, want) => {
    vi.useFakeTimers({ now: noon })
    noteDate(date)
    expect(serverNow() - noon).toBe(want)
  })

  it('is this computer’s again, when that was set', () => {
    vi.useFakeTimers({ now: noon })
    noteDate(header(noon + 90_000))
    noteDate(header(noon))
    expect(serverNow()).toBe(noon)
  })
})
