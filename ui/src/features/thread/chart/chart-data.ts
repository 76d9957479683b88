import { mostSeries, type Axis, type ChartPlan } from './chart-columns'
import { scaleOf, type Scale } from './chart-scale'
import { timesOf, withoutMidnight } from './chart-time'
import { isNumber, type Cell, type TableData } from '../rows/table-data'
import { rankedBy } from '../rows/table-order'

/** The ways to draw a result. */
export type ChartKind = 'line' | 'bar' | 'pie'

/** What its reader has chosen of a chart; what is absent is chosen for them. */
export interface ChartChoice {
  kind?: ChartKind
  /** Index among the axes of the plan. */
  axis?: number
  /** Indexes of the columns to draw. */
  values?: readonly number[]
}

/** A line, or the bars of one colour. */
export interface Series {
  /** The name of its column, or the value of the column that the chart is split by. */
  name: Cell
  /** Index of the column that its values are from. */
  column: number
  /** One for each label; null where there is none. */
  values: readonly (number | null)[]
}

/** A chart, ready to be drawn. */
export interface ChartModel extends Scale {
  kind: ChartKind
  /** The kinds that fit, the likeliest first. */
  kinds: ChartKind[]
  axis: Axis
  labels: readonly (string | null)[]
  /** Where the labels stand, rising: in time, or side by side. */
  at: readonly number[]
  series: Series[]
  /** Each series is a time, the newest last. */
  ages: boolean
  /** Labels that are left out, since there are too many for bars. */
  more: number
  /** Rows that are left out, since they name no time. */
  untimed: number
}

/** Bars that can be read; of more labels, the largest are drawn. Side by side there is room for fewer. */
const mostBars = (series: number) => (series === 1 ? 20 : Math.max(6, Math.floor(40 / series)))

/** More points than this are no bars in time, but a line. */
const mostTimes = 60

/** Slices that can be told apart. */
const mostSlices = 6

/** Columns whose sizes differ by more do not go on one axis, unless they are asked to. */
const likeSizes = 20

/** Names of what does not add up to a whole. */
const noPart =
  /avg|average|mean|median|\b(min|max)|(^|_)(min|max)_|price|rate|ratio|(^|[_ ])per([_ ]|$)|growth|change/i

/**
 * Returns the chart of a table as its reader chose it. Whole says that the rows are all there
 * are, as they have to be to be parts of a whole.
 */
export function chartOf(data: TableData, plan: ChartPlan, choice: ChartChoice, whole: boolean): ChartModel {
  const { columns } = data
  const axis = plan.axes[choice.axis ?? 0] ?? plan.axes[0] ?? { label: 0, timed: false }
  const chosen = valuesOf(data, plan, choice.values ?? [], axis)
  const { names, points } = axis.split === undefined ? plain(data, axis, chosen) : split(data, axis, chosen)
  const timed = points.filter(({ at }) => at !== null).toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0))
  const drawn = axis.timed ? timed : largest(points, mostBars(names.length))
  const adds = whole && !noPart.test(columns[chosen[0] ?? 0]?.name ?? '')
  const kinds = kindsOf(axis, drawn, adds && drawn.length === points.length)
  return {
    kind: choice.kind !== undefined && kinds.includes(choice.kind) ? choice.kind : (kinds[0] ?? 'bar'),
    kinds,
    axis,
    labels: drawn.map(({ label }) => (label === null ? null : withoutMidnight(String(label)))),
    at: drawn.map(({ at }, place) => (axis.timed ? (at ?? 0) : place)),
    series: names.map((name, i) => ({
      name,
      column: chosen[axis.split === undefined ? i : 0] ?? 0,
      values: drawn.map(({ values }) => values[i] ?? null),
    })),
    ages:
      axis.split !== undefined &&
      timesOf(column(data, axis.split), columns[axis.split]?.name ?? '') !== undefined,
    more: axis.timed ? 0 : points.length - drawn.length,
    untimed: axis.timed ? points.length - timed.length : 0,
    ...scaleOf(
      drawn.flatMap(({ values }) => values.filter((n) => n !== null)),
      chosen.every((i) => columns[i]?.decimals === 0),
    ),
  }
}

/** What stands at one place of the axis: its label, its time where it has one, and a value for each series. */
interface Point {
  label: Cell
  at: number | null
  values: (number | null)[]
}

interface Drawing {
  names: Cell[]
  points: Point[]
}

/** Each row is a point, each column a series. */
function plain(data: TableData, { label, timed }: Axis, values: readonly number[]): Drawing {
  const labels = column(data, label)
  const times = timed ? timesOf(labels, data.columns[label]?.name ?? '') : undefined
  return {
    names: values.map((i) => data.columns[i]?.name ?? ''),
    points: data.rows.map((row, r) => ({
      label: labels[r] ?? null,
      at: times?.[r] ?? null,
      values: values.map((i) => numberOf(row[i])),
    })),
  }
}

/** Rows of the same label are a point, each value of another column is a series. */
function split(data: TableData, { label, timed, split = 0 }: Axis, [value = 0]: readonly number[]): Drawing {
  const labels = column(data, label)
  const times = timed ? timesOf(labels, data.columns[label]?.name ?? '') : undefined
  const parts = column(data, split)
  const ages = timesOf(parts, data.columns[split]?.name ?? '')
  const age = (part: Cell) => ages?.[parts.indexOf(part)] ?? 0
  const names = [...new Set(parts)].toSorted((a, b) => age(a) - age(b))
  const points = new Map<Cell, Point>()
  for (const [r, row] of data.rows.entries()) {
    const cell = labels[r] ?? null
    const point = points.get(cell) ?? { label: cell, at: times?.[r] ?? null, values: names.map(() => null) }
    point.values[names.indexOf(parts[r] ?? null)] = numberOf(row[value])
    points.set(cell, point)
  }
  return { names, points: [...points.values()] }
}

/** Which columns to draw: those that were chosen, else the one that matters and those of its size. */
function valuesOf(data: TableData, { measures }: ChartPlan, wanted: readonly number[], axis: Axis): number[] {
  const most = axis.split === undefined ? mostSeries : 1
  const chosen = measures.filter((i) => wanted.includes(i)).slice(0, most)
  if (chosen.length > 0) return chosen
  const size = new Map(
    measures.map((i) => [i, Math.max(...column(data, i).map((n) => Math.abs(numberOf(n) ?? 0)))]),
  )
  const sizeOf = (i: number) => size.get(i) ?? 0
  const ranked = rankedBy(data) ?? -1
  const main = measures.includes(ranked)
    ? ranked
    : (measures.toSorted((a, b) => sizeOf(b) - sizeOf(a))[0] ?? 0)
  const alike = measures.filter(
    (i) => i !== main && sizeOf(i) * likeSizes >= sizeOf(main) && sizeOf(main) * likeSizes >= sizeOf(i),
  )
  return [main, ...alike.slice(0, most - 1)].toSorted((a, b) => a - b)
}

/** The points with the largest values, in their order; where they are too many, the largest first. */
function largest(points: readonly Point[], most: number): Point[] {
  if (points.length <= most) return [...points]
  const size = ({ values }: Point) => Math.abs(values.find((n) => n !== null) ?? 0)
  return points.toSorted((a, b) => size(b) - size(a)).slice(0, most)
}

/** Whole says that the points add up to something. */
function kindsOf({ timed }: Axis, points: readonly Point[], whole: boolean): ChartKind[] {
  if (timed) {
    if (points.length > mostTimes) return ['line']
    return points.length > 2 ? ['line', 'bar'] : ['bar', 'line']
  }
  const parts = points.every(({ values }) => values.length === 1 && (values[0] ?? 0) > 0)
  return whole && parts && points.length <= mostSlices ? ['bar', 'pie'] : ['bar']
}

function column({ rows }: TableData, i: number): Cell[] {
  return rows.map((row) => row[i] ?? null)
}

function numberOf(cell: Cell | undefined): number | null {
  return isNumber(cell) ? Number(cell) : null
}
