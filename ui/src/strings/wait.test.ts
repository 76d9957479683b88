import { expect, it } from 'vitest'
import { waitTime } from './wait'

it.each([
  [1, '1 s'],
  [119, '119 s'],
  [120, '2 min'],
  [121, '3 min'],
])('%i seconds are %s', (seconds, want) => expect(waitTime(seconds)).toBe(want))
