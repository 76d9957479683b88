import { useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react'
import { listOf } from '@/lib/plural'
import { strings } from '@/strings/thread-chart'
import type { ToolResult } from '@/wire/wire.gen'
import { ChartBars } from './chart-bars'
import { planOf, type ChartPlan } from './chart-columns'
import { chartOf, type ChartChoice, type ChartModel, type Series } from './chart-data'
import { describe, factsOf } from './chart-facts'
import { ChartHead, ChartLegend } from './chart-head'
import { ChartPie, sliceAt } from './chart-pie'
import { ChartPlot, frameOf, nearestIn } from './chart-plot'
import { ChartRows } from './chart-rows'
import { cellFormat } from '../rows/format'
import { PointSlider, type Spot } from './point-slider'
import type { TableData } from '../rows/table-data'
import { useResultRows } from '../rows/use-result-rows'
import './chart.css'

/** From this width on, in pixels, lines have their names at their ends. */
const roomForNames = 560

/** A name at the end of a line is cut after so many letters. */
const endName = 16

/**
 * ChartView draws the rows of a call, as far as they are loaded. It says so where those are not
 * all, and tells each point by pointer and by keyboard. The table is its other view.
 */
export function ChartView({
  output,
  table,
  whole,
  choice,
  onChoice,
}: {
  output: ToolResult
  table: TableData
  /** The rows are not the first of more by the call's own wish. */
  whole: boolean
  choice: ChartChoice
  onChoice: (choice: ChartChoice) => void
}) {
  const { truncated = false, resultId } = output
  const rows = useResultRows(table, truncated ? resultId : undefined)
  const { data, complete } = rows
  const plan = useMemo(() => planOf(data), [data])
  const home = useRef<HTMLElement>(null)
  return (
    <>
      {plan && (
        <Chart
          data={data}
          plan={plan}
          whole={whole && complete && !truncated && data.rows.length >= (data.total ?? 0)}
          choice={choice}
          onChoice={onChoice}
          home={home}
        />
      )}
      <ChartRows rows={rows} lost={truncated && resultId === undefined} home={home} />
    </>
  )
}

function Chart({
  data,
  plan,
  whole,
  choice,
  onChoice,
  home,
}: {
  data: TableData
  plan: ChartPlan
  whole: boolean
  choice: ChartChoice
  onChoice: (choice: ChartChoice) => void
  home: RefObject<HTMLElement | null>
}) {
  const model = useMemo(() => chartOf(data, plan, choice, whole), [data, plan, choice, whole])
  const [point, setPoint] = useState<number>()
  const write = useMemo(() => {
    const formats = data.columns.map(cellFormat)
    return ({ column }: Series) =>
      (n: number) =>
        formats[column]?.(n) ?? String(n)
  }, [data])
  const told = point !== undefined && point < model.labels.length ? point : undefined
  const { values, by } = titleOf(model, data)
  const label = describe(model, `${values} ${by}`, nameOf, write)
  const text = (i: number) => pointText(model, i, write)
  const { more, untimed, labels } = model
  return (
    <figure className="chart" ref={home} tabIndex={-1}>
      <ChartHead
        title={values}
        by={by}
        data={data}
        plan={plan}
        model={model}
        choice={choice}
        onChoice={onChoice}
      />
      <p className="readout num">
        {told === undefined
          ? restText(model, write)
          : model.series.length === 1
            ? text(told)
            : (labels[told] ?? strings.isNull)}
      </p>
      <ChartLegend
        data={data}
        plan={plan}
        model={model}
        point={told}
        nameOf={nameOf}
        write={write}
        onChoice={onChoice}
        choice={choice}
      />
      <Drawing model={model} point={told} label={label} text={text} write={write} onPoint={setPoint} />
      {more > 0 && <p className="aside">{strings.more(labels.length, more)}</p>}
      {untimed > 0 && <p className="aside">{strings.untimed(untimed)}</p>}
    </figure>
  )
}

/** The drawing of a kind, under the slider that tells its points. */
function Drawing({
  model,
  point,
  label,
  text,
  write,
  onPoint,
}: {
  model: ChartModel
  point: number | undefined
  label: string
  text: (i: number) => string
  write: (series: Series) => (n: number) => string
  onPoint: (point: number | undefined) => void
}) {
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const { kind, axis, series, labels } = model
  const slider = (locate: (spot: Spot) => number | undefined) => (
    <PointSlider
      label={strings.points}
      count={labels.length}
      point={point}
      text={text}
      locate={locate}
      onPoint={onPoint}
    />
  )
  if (kind === 'pie') {
    return (
      <ChartPie model={model} point={point} label={label} write={write}>
        {slider((spot) => sliceAt(model, spot))}
      </ChartPie>
    )
  }
  if (kind === 'bar' && !axis.timed) {
    return (
      <div className="drawing">
        <ChartBars model={model} point={point} label={label} write={write} />
        {slider(({ y }) => Math.min(labels.length - 1, Math.max(0, Math.floor(y * labels.length))))}
      </div>
    )
  }
  const named = kind === 'line' && series.length > 1 && width >= roomForNames
  const names = named ? series.map((one) => cut(nameOf(one))) : []
  const frame = frameOf(model, width, names)
  return (
    <div className="drawing" ref={box}>
      <ChartPlot model={model} frame={frame} names={names} point={point} label={label} />
      {slider((spot) => nearestIn(model, frame, spot))}
    </div>
  )
}

function nameOf({ name }: Series): string {
  return name === null ? strings.isNull : String(name)
}

function cut(name: string): string {
  return name.length > endName ? `${name.slice(0, endName - 1)}…` : name
}

/** What is drawn, and by what. */
function titleOf({ series, axis }: ChartModel, { columns }: TableData): { values: string; by: string } {
  const name = (i: number) => columns[i]?.name ?? ''
  const drawn = [...new Set(series.map(({ column }) => name(column)))]
  const values = drawn.length > 3 ? strings.columns(drawn.length) : listOf(drawn)
  return axis.split === undefined
    ? strings.title(values, name(axis.label))
    : strings.titleSplit(values, name(axis.label), name(axis.split))
}

/** Says all that is at a point: its label, and the value of each series. */
function pointText(model: ChartModel, i: number, write: (series: Series) => (n: number) => string): string {
  const { series, labels, axis } = model
  const values = series.map((one) => {
    const n = one.values[i] ?? null
    const written = n === null ? (axis.split === undefined ? strings.isNull : strings.none) : write(one)(n)
    return series.length === 1 ? written : strings.valueOf(nameOf(one), written)
  })
  return strings.at(labels[i] ?? strings.isNull, values)
}

function restText(model: ChartModel, write: (series: Series) => (n: number) => string): string {
  const [one] = model.series
  const facts = one && model.series.length === 1 ? factsOf(model, one, write(one)) : undefined
  return facts ? strings.ends(facts, model.more === 0) : ''
}

/** Follows the width of an element in pixels. */
function useWidth(box: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(640)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const measure = () => {
      if (element.clientWidth > 0) setWidth(element.clientWidth)
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  })
  return width
}
