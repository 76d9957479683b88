import { useRef, type KeyboardEvent, type PointerEvent } from 'react'

/** Where something is, as shares of a box from its left and its top. */
export interface Spot {
  x: number
  y: number
}

/**
 * PointSlider lies over a drawing and moves from point to point: by arrow keys, Home and End,
 * and by where the pointer is or a finger taps. Escape and leaving take the point away.
 */
export function PointSlider({
  label,
  count,
  point,
  text,
  locate,
  onPoint,
}: {
  label: string
  count: number
  /** The point that is told, from 0; undefined is none. */
  point: number | undefined
  /** Says what is at a point. */
  text: (point: number) => string
  /** The point that is nearest to a spot of the drawing, if there is one. */
  locate: (spot: Spot) => number | undefined
  onPoint: (point: number | undefined) => void
}) {
  const box = useRef<HTMLDivElement>(null)
  const last = count - 1
  const here = Math.min(point ?? 0, last)
  const move = (e: KeyboardEvent) => {
    const next = {
      ArrowRight: here + 1,
      ArrowDown: here + 1,
      ArrowLeft: here - 1,
      ArrowUp: here - 1,
      PageDown: here + 10,
      PageUp: here - 10,
      Home: 0,
      End: last,
    }[e.key]
    if (e.key === 'Escape' && point !== undefined) onPoint(undefined)
    if (next === undefined || e.ctrlKey || e.metaKey || e.altKey) return
    e.preventDefault()
    onPoint(Math.max(0, Math.min(next, last)))
  }
  const follow = (e: PointerEvent) => {
    const { left, top, width, height } = e.currentTarget.getBoundingClientRect()
    if (width === 0 || height === 0) return
    onPoint(locate({ x: (e.clientX - left) / width, y: (e.clientY - top) / height }))
  }
  return (
    <div
      ref={box}
      role="slider"
      tabIndex={0}
      className="point-slider"
      aria-label={label}
      aria-valuemin={1}
      aria-valuemax={count}
      aria-valuenow={here + 1}
      aria-valuetext={text(here)}
      onKeyDown={move}
      onFocus={() => onPoint(here)}
      onBlur={() => onPoint(undefined)}
      onPointerMove={follow}
      onPointerDown={follow}
      onPointerLeave={(e) => {
        if (e.pointerType === 'mouse' && document.activeElement !== box.current) onPoint(undefined)
      }}
    />
  )
}
