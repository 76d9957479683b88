import { strings } from '@/strings/thread-chart'
import { cn } from '@/ui/cn'
import type { ChartModel, Series } from './chart-data'
import { formatShare } from '../rows/format'
import type { Spot } from './point-slider'

const size = 200
const radius = 96

/** ChartPie draws parts of a whole, and lists them with their values and shares. */
export function ChartPie({
  model,
  point,
  label,
  write,
  children,
}: {
  model: ChartModel
  point: number | undefined
  label: string
  write: (series: Series) => (n: number) => string
  /** Lies over the pie. */
  children: React.ReactNode
}) {
  const { labels, series } = model
  const [one] = series
  const values = one?.values.map((n) => n ?? 0) ?? []
  const ends = endsOf(values)
  return (
    <div className="pie">
      <div className="plate">
        <svg role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} width={size} height={size}>
          {ends.map((end, i) => (
            <path
              // oxlint-disable-next-line react/no-array-index-key -- slices have no other identity
              key={i}
              className={cn('slice', point !== undefined && i !== point && 'back')}
              d={sliceOf(ends[i - 1] ?? 0, end)}
              fill={`var(--cat-${i + 1})`}
            />
          ))}
        </svg>
        {children}
      </div>
      <ul>
        {labels.map((name, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- nor have their names
          <li key={i} className={cn(i === point && 'here')}>
            <i className="swatch" style={{ background: `var(--cat-${i + 1})` }} />
            <span className="name">{name ?? strings.isNull}</span>
            <span className="num">{one && write(one)(values[i] ?? 0)}</span>
            <span className="num share">{formatShare((ends[i] ?? 0) - (ends[i - 1] ?? 0))}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Where the slices end, as shares of the whole turn. */
function endsOf(values: readonly number[]): number[] {
  const whole = values.reduce((sum, n) => sum + n, 0)
  let sum = 0
  return values.map((n) => (sum += n) / whole)
}

function sliceOf(from: number, to: number): string {
  const at = (share: number) => {
    const turn = (share - 0.25) * 2 * Math.PI
    return `${(size / 2 + radius * Math.cos(turn)).toFixed(2)} ${(size / 2 + radius * Math.sin(turn)).toFixed(2)}`
  }
  return `M${size / 2} ${size / 2}L${at(from)}A${radius} ${radius} 0 ${to - from > 0.5 ? 1 : 0} 1 ${at(to)}Z`
}

/** Returns the slice in which a spot of the drawing lies, if it lies in one. */
export function sliceAt({ series }: ChartModel, { x, y }: Spot): number | undefined {
  const [across, down] = [x - 0.5, y - 0.5]
  if (Math.hypot(across, down) * size > radius) return undefined
  const turn = (Math.atan2(down, across) / (2 * Math.PI) + 1.25) % 1
  const i = endsOf(series[0]?.values.map((n) => n ?? 0) ?? []).findIndex((end) => turn < end)
  return i < 0 ? undefined : i
}
