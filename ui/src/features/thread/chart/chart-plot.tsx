import { colourOf } from './chart-colours'
import type { ChartModel } from './chart-data'
import { formatTick } from '../rows/format'
import type { Spot } from './point-slider'

/** Room of a letter of the axes, in pixels. */
const letter = 6.4
const top = 10
const bottom = 24

/** Points are dots as long as they do not run into each other. */
const roomForDot = 14

/** Where everything of a plot stands, in pixels. */
export interface Frame {
  width: number
  height: number
  /** Of the point of an index, and of a value. */
  x: (i: number) => number
  y: (n: number) => number
  left: number
  right: number
  /** Room of a point from side to side. */
  band: number
}

/** Lays a plot out; names are what is written at the ends of its lines. */
export function frameOf(model: ChartModel, width: number, names: readonly string[]): Frame {
  const { at, ticks, domain, kind } = model
  const height = width < 480 ? 220 : 260
  const left = Math.max(...ticks.map((tick) => formatTick(tick).length)) * letter + 12
  const longest = Math.max(0, ...names.map((name) => name.length))
  const right = width - (names.length > 0 ? longest * letter + 16 : 14)
  const from = at[0] ?? 0
  const span = (at.at(-1) ?? 0) - from
  const gap = Math.min(
    ...at
      .slice(1)
      .map((place, i) => place - (at[i] ?? 0))
      .filter((n) => n > 0),
  )
  const places = span === 0 ? 1 : span / gap + 1
  const band = (right - left) / places
  const side = kind === 'bar' || span === 0 ? band / 2 : 0
  return {
    width,
    height,
    left,
    right,
    band,
    x: (i) => left + side + (span === 0 ? 0 : (((at[i] ?? from) - from) / span) * (right - left - side * 2)),
    y: (n) => top + ((domain[1] - n) / (domain[1] - domain[0])) * (height - top - bottom),
  }
}

/** Returns the point that is nearest to a spot of a plot. */
export function nearestIn(model: ChartModel, { width, x }: Frame, spot: Spot): number | undefined {
  const distances = model.at.map((_, i) => Math.abs(x(i) - spot.x * width))
  const least = Math.min(...distances)
  return distances.length === 0 ? undefined : distances.indexOf(least)
}

/** ChartPlot draws lines, or bars that stand, over an axis of times. */
export function ChartPlot({
  model,
  frame,
  names,
  point,
  label,
}: {
  model: ChartModel
  frame: Frame
  /** Written at the ends of the lines; empty where there is no room. */
  names: readonly string[]
  point: number | undefined
  label: string
}) {
  const { ticks, labels, kind } = model
  const { width, height, x, y, left, right, band } = frame
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${width} ${height}`} width={width} height={height}>
      {ticks.map((tick) => (
        <g key={tick}>
          <line className={tick === 0 ? 'zero' : 'grid'} x1={left} x2={right} y1={y(tick)} y2={y(tick)} />
          <text x={left - 8} y={y(tick) + 4} textAnchor="end">
            {formatTick(tick)}
          </text>
        </g>
      ))}
      {shownLabels(labels, frame).map((i) => (
        <text key={i} x={x(i)} y={height - 6} textAnchor="middle">
          {labels[i]}
        </text>
      ))}
      {point !== undefined &&
        (kind === 'bar' ? (
          <rect
            className="here"
            x={x(point) - band / 2}
            width={band}
            y={top}
            height={height - top - bottom}
          />
        ) : (
          <line className="here" x1={x(point)} x2={x(point)} y1={top} y2={height - bottom} />
        ))}
      {kind === 'bar' ? (
        <Bars model={model} frame={frame} point={point} />
      ) : (
        <Lines model={model} frame={frame} point={point} />
      )}
      {endsOf(model, frame, names).map((end) => (
        <text key={end.name} className="end" x={end.x} y={end.y + 4} style={{ fill: end.colour }}>
          {end.name}
        </text>
      ))}
    </svg>
  )
}

function Lines({
  model,
  frame: { x, y, band },
  point,
}: {
  model: ChartModel
  frame: Frame
  point: number | undefined
}) {
  return model.series.map(({ values }, s) => {
    const colour = colourOf(model, s)
    return (
      // oxlint-disable-next-line react/no-array-index-key -- series have no other identity
      <g key={s}>
        <path className="line" stroke={colour} d={pathOf(values, x, y)} />
        {values.map((n, i) => {
          if (n === null) return null
          const alone = (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null
          if (i !== point && !alone && band < roomForDot) return null
          // oxlint-disable-next-line react/no-array-index-key -- nor have points
          return <circle key={i} cx={x(i)} cy={y(n)} r={i === point ? 4.5 : 3} fill={colour} />
        })}
      </g>
    )
  })
}

function Bars({
  model,
  frame: { x, y, band },
  point,
}: {
  model: ChartModel
  frame: Frame
  point: number | undefined
}) {
  const { series } = model
  const wide = Math.min(band * 0.72, 56 * series.length)
  const each = wide / series.length
  return series.map(({ values }, s) =>
    values.map((n, i) => {
      if (n === null) return null
      const one = series.length === 1 && i !== point
      return (
        <rect
          // oxlint-disable-next-line react/no-array-index-key -- bars have no other identity
          key={`${s}-${i}`}
          x={x(i) - wide / 2 + s * each}
          y={Math.min(y(n), y(0))}
          width={Math.max(each - (series.length > 1 ? 1 : 0), 1)}
          height={Math.abs(y(n) - y(0))}
          fill={one ? 'var(--bar-fill)' : colourOf(model, s)}
        />
      )
    }),
  )
}

/** A line through values, broken where one is missing. */
export function pathOf(
  values: readonly (number | null)[],
  x: (i: number) => number,
  y: (n: number) => number,
): string {
  return values
    .map((n, i) => {
      if (n === null) return ''
      const begins = (values[i - 1] ?? null) === null
      return `${begins ? 'M' : 'L'}${x(i).toFixed(1)} ${y(n).toFixed(1)}`
    })
    .join('')
}

/** Returns which labels there is room for, side by side: the first, and those that do not touch the one before. */
export function shownLabels(labels: readonly (string | null)[], { x, width }: Frame): number[] {
  const shown: number[] = []
  let end = 0
  for (const [i, label] of labels.entries()) {
    const half = ((label ?? '').length * letter) / 2
    const from = x(i) - half
    if (from < end || x(i) + half > width) continue
    shown.push(i)
    end = x(i) + half + 12
  }
  return shown
}

/** Names where lines end, moved apart where they would stand on each other. */
function endsOf(model: ChartModel, { x, y }: Frame, names: readonly string[]) {
  const ends = names.map((name, s) => {
    const values = model.series[s]?.values ?? []
    const last = values.findLastIndex((n) => n !== null)
    return { name, x: x(Math.max(last, 0)) + 9, y: y(values[last] ?? 0), colour: colourOf(model, s) }
  })
  const lower = ends.toSorted((a, b) => a.y - b.y)
  for (const [i, end] of lower.entries()) {
    const near = lower.slice(0, i).filter((other) => Math.abs(other.x - end.x) < 40)
    end.y = Math.max(end.y, ...near.map((other) => other.y + 14))
  }
  return lower
}
