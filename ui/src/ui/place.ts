/** The edges of something in the window, in CSS pixels. */
export type Edges = { left: number; top: number; right: number; bottom: number }

/** The side of an anchor. */
export type Side = 'top' | 'right' | 'bottom' | 'left'

const opposite = { top: 'bottom', right: 'left', bottom: 'top', left: 'right' } as const

/** Between an anchor and what stands beside it, and between that and the window's edge. */
const gap = 6
const margin = 8

/**
 * Returns where a box of this size stands beside an anchor, centred: at the wished side, or at the other
 * where only that has room, and moved along so that it stays in the window.
 */
export function placeBeside(
  anchor: Edges,
  box: { width: number; height: number },
  wished: Side,
  view: { width: number; height: number },
): { left: number; top: number } {
  const room = {
    top: anchor.top - gap - margin - box.height,
    bottom: view.height - anchor.bottom - gap - margin - box.height,
    left: anchor.left - gap - margin - box.width,
    right: view.width - anchor.right - gap - margin - box.width,
  }
  const side = room[wished] < 0 && room[opposite[wished]] >= 0 ? opposite[wished] : wished
  const centred = {
    left: (anchor.left + anchor.right - box.width) / 2,
    top: (anchor.top + anchor.bottom - box.height) / 2,
  }
  const { left, top } = {
    top: { left: centred.left, top: anchor.top - gap - box.height },
    bottom: { left: centred.left, top: anchor.bottom + gap },
    left: { left: anchor.left - gap - box.width, top: centred.top },
    right: { left: anchor.right + gap, top: centred.top },
  }[side]
  return {
    left: Math.round(within(left, margin, view.width - margin - box.width)),
    top: Math.round(within(top, margin, view.height - margin - box.height)),
  }
}

function within(at: number, least: number, most: number): number {
  return Math.max(least, Math.min(at, most))
}
