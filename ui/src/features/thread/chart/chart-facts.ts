import { strings, type Facts } from '@/strings/thread-chart'
import type { ChartModel, Series } from './chart-data'

/** Returns where a series is highest and lowest, and how it goes from its first value to its last; undefined without values. */
export function factsOf(
  model: ChartModel,
  { values }: Series,
  write: (n: number) => string,
): Facts | undefined {
  const known = values.flatMap((n, i) =>
    n === null ? [] : [{ n, label: model.labels[i] ?? strings.isNull }],
  )
  const first = known[0]
  const last = known.at(-1)
  if (!first || !last) return undefined
  const high = known.reduce((a, b) => (b.n > a.n ? b : a))
  const low = known.reduce((a, b) => (b.n < a.n ? b : a))
  return {
    high: write(high.n),
    highAt: high.label,
    low: write(low.n),
    lowAt: low.label,
    first: write(first.n),
    firstAt: first.label,
    last: write(last.n),
    lastAt: last.label,
    trend: last.n > first.n ? 'rises' : last.n < first.n ? 'falls' : 'stays',
  }
}

/** Says in words what a chart shows: what is drawn, and of each series its ends and, in time, its way. */
export function describe(
  model: ChartModel,
  title: string,
  nameOf: (series: Series) => string,
  write: (series: Series) => (n: number) => string,
): string {
  const { kind, series, labels, axis } = model
  const sentences = series.flatMap((one) => {
    const facts = factsOf(model, one, write(one))
    if (!facts) return []
    const way = axis.timed && labels.length > 1 ? strings.goes(facts) : ''
    return [strings.does(series.length > 1 ? nameOf(one) : '', strings.ends(facts, model.more === 0), way)]
  })
  return [strings.drawing(strings.drawings[kind], title, labels.length), ...sentences].join(' ')
}
