import { formatCount } from '@/lib/format'
import type { ChartKind, ChartModel, Series } from './chart-data'

const plural = (n: number, one: string, many: string) => `${formatCount(n)} ${n === 1 ? one : many}`

/** Every word of a chart, which are fetched with it. */
export const strings = {
  kind: 'Kind of chart',
  kinds: { line: 'Line', bar: 'Bars', pie: 'Pie' } satisfies Record<ChartKind, string>,
  along: 'Along',
  alongSplit: (label: string, split: string) => `${label}, each ${split}`,
  value: 'Value',
  series: 'Series',
  points: 'Points of the chart',
  isNull: 'NULL',
  none: '–',
  title: (values: string, label: string) => ({ values, by: `by ${label}` }),
  titleSplit: (values: string, label: string, split: string) => ({
    values,
    by: `by ${label}, each ${split}`,
  }),
  columns: (n: number) => plural(n, 'column', 'columns'),
  at: (label: string, values: readonly string[]) => `${label}: ${values.join(', ')}`,
  valueOf: (series: string, value: string) => `${series} ${value}`,
  share: (value: string, share: string) => `${value}, ${share}`,
  /** Where a series is highest and lowest; where only the largest are drawn, nobody can see the lowest. */
  ends: (f: Facts, all: boolean) =>
    f.high === f.low && all
      ? `${f.high} throughout`
      : `Highest ${f.high} (${f.highAt})${all ? `, lowest ${f.low} (${f.lowAt})` : ''}`,
  more: (drawn: number, more: number) =>
    `The ${formatCount(drawn)} largest, and ${formatCount(more)} more in the table.`,
  untimed: (n: number) => `${plural(n, 'row names no time and is', 'rows name no time and are')} not drawn.`,
  drawnFrom: (n: number, all: string) => `Drawn from the first ${formatCount(n)} rows of ${all}.`,
  drawnFromGiven: (n: number, all: string) =>
    `Drawn from the ${formatCount(n)} rows that the tool gave, of ${all}.`,
  drawnFromKept: (n: number, all: string) =>
    `Drawn from the first ${formatCount(n)} rows of ${all}; the others could not be kept.`,
  loadAll: 'Load all rows',
  loading: 'Loading…',
  retry: 'Retry',
  loaded: (n: number) => `The chart has ${plural(n, 'row', 'rows')} now.`,
} as const

/** What can be said of a series in a sentence, written out. */
export interface Facts {
  high: string
  highAt: string
  low: string
  lowAt: string
  first: string
  firstAt: string
  last: string
  lastAt: string
  trend: 'rises' | 'falls' | 'stays'
}

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
  const what = { line: 'Line chart', bar: 'Bar chart', pie: 'Pie chart' }[kind]
  const count = plural(labels.length, 'place', 'places')
  const sentences = series.flatMap((one) => {
    const facts = factsOf(model, one, write(one))
    if (!facts) return []
    const way =
      axis.timed && labels.length > 1
        ? `; ${facts.trend} from ${facts.first} (${facts.firstAt}) to ${facts.last} (${facts.lastAt})`
        : ''
    const name = series.length > 1 ? `${nameOf(one)}: ` : ''
    return [`${name}${strings.ends(facts, model.more === 0)}${way}.`]
  })
  return [`${what} of ${title}, ${count}.`, ...sentences].join(' ')
}
