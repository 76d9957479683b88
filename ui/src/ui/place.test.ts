import { describe, expect, it } from 'vitest'
import { placeBeside, type Side } from './place'

const view = { width: 400, height: 300 }
const box = { width: 100, height: 20 }
const at = (left: number, top: number) => ({ left, top, right: left + 28, bottom: top + 28 })

describe('what stands beside an anchor', () => {
  it.each<[string, ReturnType<typeof at>, Side, { left: number; top: number }]>([
    ['is centred below it', at(150, 100), 'bottom', { left: 114, top: 134 }],
    ['is centred above it', at(150, 100), 'top', { left: 114, top: 74 }],
    ['stands to its left', at(150, 100), 'left', { left: 44, top: 104 }],
    ['stands to its right', at(150, 100), 'right', { left: 184, top: 104 }],
    ['goes above where below is no room', at(150, 270), 'bottom', { left: 114, top: 244 }],
    ['goes below where above is no room', at(150, 2), 'top', { left: 114, top: 36 }],
    ['goes right where left is no room', at(20, 100), 'left', { left: 54, top: 104 }],
    ['keeps its distance from the left edge', at(0, 100), 'bottom', { left: 8, top: 134 }],
    ['keeps its distance from the right edge', at(372, 100), 'bottom', { left: 292, top: 134 }],
  ])('%s', (_name, anchor, side, want) => {
    expect(placeBeside(anchor, box, side, view)).toEqual(want)
  })

  it('starts at the edge of a window that is too small for it', () => {
    expect(placeBeside(at(10, 10), { width: 90, height: 90 }, 'bottom', { width: 60, height: 60 })).toEqual({
      left: 8,
      top: 8,
    })
  })
})
