import { useId } from 'react'
import { strings } from '@/strings/thread-chart'
import { cn } from '@/ui/cn'
import { Icon } from '@/ui/icon'
import { colourOf } from './chart-colours'
import { mostSeries, type Axis, type ChartPlan } from './chart-columns'
import type { ChartChoice, ChartModel, Series } from './chart-data'
import type { TableData } from '../rows/table-data'

/** ChartHead says what a chart shows, and lets its reader choose the kind and the columns, where there is a choice. */
export function ChartHead({
  title,
  by,
  data,
  plan,
  model,
  choice,
  onChoice,
}: {
  title: string
  by: string
  data: TableData
  plan: ChartPlan
  model: ChartModel
  choice: ChartChoice
  onChoice: (choice: ChartChoice) => void
}) {
  const name = (i: number) => data.columns[i]?.name ?? ''
  const along = ({ label, split }: Axis) =>
    split === undefined ? name(label) : strings.alongSplit(name(label), name(split))
  const { axes, measures } = plan
  return (
    <figcaption>
      <span className="title">
        <b>{title}</b> {by}
      </span>
      <span className="picks">
        {model.axis.split !== undefined && measures.length > 1 && (
          <Pick
            label={strings.value}
            value={model.series[0]?.column ?? 0}
            options={measures.map((i) => [i, name(i)])}
            onPick={(i) => onChoice({ ...choice, values: [i] })}
          />
        )}
        {axes.length > 1 && (
          <Pick
            label={strings.along}
            value={axes.indexOf(model.axis)}
            options={axes.map((axis, i) => [i, along(axis)])}
            onPick={(axis) => onChoice({ ...choice, axis })}
          />
        )}
        {model.kinds.length > 1 && (
          <Pick
            label={strings.kind}
            value={model.kinds.indexOf(model.kind)}
            options={model.kinds.map((kind, i) => [i, strings.kinds[kind]])}
            onPick={(i) => {
              const kind = model.kinds[i]
              if (kind) onChoice({ ...choice, kind })
            }}
          />
        )}
      </span>
    </figcaption>
  )
}

/** Pick is the browser's own list of choices, in the look of a quiet button. */
function Pick({
  label,
  value,
  options,
  onPick,
}: {
  label: string
  value: number
  options: readonly (readonly [value: number, name: string])[]
  onPick: (value: number) => void
}) {
  const id = useId()
  return (
    <span className="pick">
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <select id={id} value={value} onChange={(e) => onPick(Number(e.target.value))}>
        {options.map(([i, name]) => (
          <option key={i} value={i}>
            {name}
          </option>
        ))}
      </select>
      <Icon name="chevronDown" size="xs" />
    </span>
  )
}

/**
 * ChartLegend names the series and tells their values at a point. Where they are columns, it
 * draws and leaves out those that its reader presses.
 */
export function ChartLegend({
  data,
  plan: { measures },
  model,
  point,
  choice,
  nameOf,
  write,
  onChoice,
}: {
  data: TableData
  plan: ChartPlan
  model: ChartModel
  point: number | undefined
  choice: ChartChoice
  nameOf: (series: Series) => string
  write: (series: Series) => (n: number) => string
  onChoice: (choice: ChartChoice) => void
}) {
  const { series, axis } = model
  const valueAt = (one: Series) => {
    if (point === undefined) return ''
    const n = one.values[point] ?? null
    return n === null ? (axis.split === undefined ? strings.isNull : strings.none) : write(one)(n)
  }
  if (axis.split !== undefined) {
    return (
      <ul className="legend" aria-label={strings.series}>
        {series.map((one, s) => (
          // oxlint-disable-next-line react/no-array-index-key -- series have no other identity
          <li key={s}>
            <i className="swatch" style={{ background: colourOf(model, s) }} />
            <span className="name">{nameOf(one)}</span>
            <span className="num">{valueAt(one)}</span>
          </li>
        ))}
      </ul>
    )
  }
  if (measures.length < 2) return null
  const drawn = series.map(({ column }) => column)
  return (
    <ul className="legend" aria-label={strings.series}>
      {measures.map((column) => {
        const s = drawn.indexOf(column)
        const one = series[s]
        const only = one !== undefined && drawn.length === 1
        const full = !one && drawn.length === mostSeries
        return (
          <li key={column}>
            <button
              type="button"
              aria-pressed={one !== undefined}
              aria-disabled={only || full}
              className={cn(!one && 'off')}
              onClick={() => {
                if (only || full) return
                const values = one ? drawn.filter((c) => c !== column) : [...drawn, column]
                onChoice({ ...choice, values })
              }}
            >
              <i className="swatch" style={one && { background: colourOf(model, s) }} />
              <span className="name">{data.columns[column]?.name}</span>
              <span className="num">{one && valueAt(one)}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
