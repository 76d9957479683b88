import { describe, expect, it } from 'vitest'
import { pausedMs, workedMs } from './pauses'
import { answer, at, call } from '../sample'

const waited = (...spans: [number, number?][]) =>
  call(`c${spans[0]?.[0]}`, {
    pauses: spans.map(([from, to]) => ({ from: at(from), ...(to === undefined ? {} : { to: at(to) }) })),
  })
const now = new Date(at(60)).getTime()

describe('how long an answer waited', () => {
  it.each([
    ['not at all', [call('c')], 0],
    ['for one call', [waited([5, 9])], 4],
    ['twice for one', [waited([5, 9], [11, 12])], 5],
    ['for two at the same time, which counts once', [waited([5, 9]), waited([7, 14])], 9],
    ['for one within the time of another', [waited([5, 20]), waited([7, 9])], 15],
    ['until its end', [waited([15])], 5],
    ['longer than it went on', [waited([15, 40])], 5],
  ])('is %s', (_, parts, seconds) => {
    expect(pausedMs(answer('a', 'q', parts, { endedAt: at(20) }), now)).toBe(seconds * 1_000)
  })

  it('grows as long as it goes on, and is no work', () => {
    const { endedAt: _, ...going } = answer('a', 'q', [waited([5, 9]), waited([50])])
    expect([pausedMs(going, now), workedMs(going, now)]).toEqual([14_000, 45_000])
  })

  it('leaves no time less than none, whatever the clocks say', () => {
    expect(workedMs(answer('a', 'q', [], { endedAt: at(0) }), now)).toBe(0)
  })
})
