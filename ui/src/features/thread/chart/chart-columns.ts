import { isNamedForTime, timesOf } from './chart-time'
import { isNumber, type Cell, type TableData } from '../rows/table-data'

/** Colours that can be told apart, and so the most series of a chart. */
export const mostSeries = 6

/** What may stand along a chart: the labels of a column, and perhaps another whose values are a series each. */
export interface Axis {
  /** Index of the column. */
  label: number
  split?: number
  /** The labels are times, and stand where they are in time. */
  timed: boolean
}

/** What a result can be drawn as. */
export interface ChartPlan {
  /** At least one, the likeliest first. */
  axes: Axis[]
  /** Indexes of the columns that measure something; at least one. */
  measures: number[]
}

/**
 * Returns what a table can be drawn as; or undefined if it cannot: there have to be two rows, a
 * column that measures, and labels that tell the rows apart. Ids and parts of the calendar are
 * labels, never measures; neither are flags, nor numbers that only count the rows.
 */
export function planOf({ columns, rows }: TableData): ChartPlan | undefined {
  if (rows.length < 2) return undefined
  const cells = columns.map((_, i) => rows.map((row) => row[i] ?? null))
  const labelled = columns.map(({ name, numeric, measure }) => !numeric || !measure || isNamedForTime(name))
  const measures = columns.flatMap((_, i) => (!labelled[i] && measuresIn(cells[i] ?? []) ? [i] : []))
  if (measures.length === 0) return undefined
  const labels = columns.flatMap(({ name, numeric }, i): Label[] => {
    const own = cells[i] ?? []
    // What is the same in every row tells none from another.
    if (!labelled[i] || new Set(own).size < 2) return []
    const times = timesOf(own, name)
    return [{ i, cells: own, times, rank: times ? (isOrdered(times) ? 0 : 3) : numeric ? 2 : 1 }]
  })
  const axes = labels.flatMap((label) => axesOf(label, labels)).toSorted((a, b) => a.rank - b.rank)
  if (axes.length === 0) return undefined
  return { axes: axes.map(({ axis }) => axis), measures }
}

interface Label {
  i: number
  cells: readonly Cell[]
  times: (number | null)[] | undefined
  /** Times in their order are the likeliest to be looked along, times in none the least. */
  rank: number
}

function axesOf(label: Label, labels: readonly Label[]): { axis: Axis; rank: number }[] {
  const timed = label.times !== undefined
  if (isDistinct(label.cells)) return [{ axis: { label: label.i, timed }, rank: label.rank }]
  const split = labels.find((other) => other !== label && tellsApart(label, other))
  if (!split) return []
  return [{ axis: { label: label.i, split: split.i, timed }, rank: timed ? 0.5 : label.rank }]
}

/** Whether another column, of few values, tells the rows of a label apart. Of two times, the rarer is the series. */
function tellsApart(label: Label, other: Label): boolean {
  const series = new Set(other.cells).size
  if (series < 2 || series > mostSeries) return false
  if (label.times && other.times && new Set(label.cells).size <= series) return false
  return isDistinct(label.cells.map((cell, r) => JSON.stringify([cell, other.cells[r]])))
}

function isDistinct(cells: readonly Cell[]): boolean {
  return new Set(cells).size === cells.length
}

/** Whether times only rise or only fall. */
function isOrdered(times: readonly (number | null)[]): boolean {
  const known = times.filter((time) => time !== null)
  const steps = known.slice(1).map((time, i) => Math.sign(time - (known[i] ?? 0)))
  return new Set(steps.filter((step) => step !== 0)).size < 2
}

/** Whether numbers measure: no flags, and not the numbers of the rows. */
function measuresIn(cells: readonly Cell[]): boolean {
  const numbers = cells.filter((cell) => isNumber(cell)).map(Number)
  if (numbers.length === 0) return false
  if (cells.length < 4) return true
  const first = numbers[0] ?? 0
  const counts = numbers.length === cells.length && first <= 1 && numbers.every((n, i) => n === first + i)
  return !counts && !numbers.every((n) => n === 0 || n === 1)
}
