import { strings } from '@/strings/thread-chart'
import { cn } from '@/ui/cn'
import { colourOf } from './chart-colours'
import type { ChartModel, Series } from './chart-data'

/**
 * ChartBars draws bars that lie, one below the other, with their names before and their values
 * behind them: names are long, and paper is wider than it is high. What is below zero goes to
 * the left of it.
 */
export function ChartBars({
  model,
  point,
  label,
  write,
}: {
  model: ChartModel
  point: number | undefined
  label: string
  write: (series: Series) => (n: number) => string
}) {
  const { labels, series } = model
  const drawn = series.flatMap(({ values }) => values.map((n) => n ?? 0))
  const least = Math.min(0, ...drawn)
  const range = Math.max(0, ...drawn) - least || 1
  const share = (n: number) => ((n - least) / range) * 100
  const writers = series.map(write)
  return (
    <div role="img" aria-label={label} className={cn('hbars', series.length > 1 && 'many')}>
      {labels.map((name, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- labels may repeat
        <div key={i} className={cn('hbar', i === point && 'here')}>
          <span className="name" title={name ?? undefined}>
            {name ?? <span className="null">{strings.isNull}</span>}
          </span>
          <span className="tracks">
            <i className="zero" style={{ left: `${share(0)}%` }} />
            {series.map(({ values }, s) => {
              const n = values[i] ?? null
              const fill = series.length === 1 && i !== point ? 'var(--bar-fill)' : colourOf(model, s)
              return (
                // oxlint-disable-next-line react/no-array-index-key -- series have no other identity
                <span key={s} className="track">
                  {n !== null && (
                    <i
                      className="bar"
                      style={{
                        left: `${share(Math.min(n, 0))}%`,
                        width: `${share(Math.abs(n) + least)}%`,
                        background: fill,
                      }}
                    />
                  )}
                </span>
              )
            })}
          </span>
          <span className="values num">
            {series.map(({ values }, s) => {
              const n = values[i] ?? null
              return (
                // oxlint-disable-next-line react/no-array-index-key -- series have no other identity
                <span key={s}>
                  {n === null ? <span className="null">{strings.isNull}</span> : writers[s]?.(n)}
                </span>
              )
            })}
          </span>
        </div>
      ))}
    </div>
  )
}
