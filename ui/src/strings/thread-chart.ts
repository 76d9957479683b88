import { formatCount } from '@/lib/format'
import { listOf, plural } from '@/lib/plural'

/** Every word of a chart, which are fetched with it. */
export const strings = {
  kind: 'Kind of chart',
  kinds: { line: 'Line', bar: 'Bars', pie: 'Pie' },
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
  columns: (n: number) => plural(n, { one: '# column', other: '# columns' }),
  at: (label: string, values: readonly string[]) => `${label}: ${listOf(values)}`,
  valueOf: (series: string, value: string) => `${series} ${value}`,
  share: (value: string, share: string) => `${value}, ${share}`,
  /** Where a series is highest and lowest; where only the largest are drawn, nobody can see the lowest. */
  ends: (f: Facts, all: boolean) =>
    f.high === f.low && all
      ? `${f.high} throughout`
      : `Highest ${f.high} (${f.highAt})${all ? `, lowest ${f.low} (${f.lowAt})` : ''}`,
  goes: ({ trend, first, firstAt, last, lastAt }: Facts) =>
    `${trend} from ${first} (${firstAt}) to ${last} (${lastAt})`,
  /** What a series does, after its name if there are several. */
  does: (name: string, ends: string, way: string) =>
    `${name === '' ? '' : `${name}: `}${ends}${way === '' ? '' : `; ${way}`}.`,
  drawings: { line: 'Line chart', bar: 'Bar chart', pie: 'Pie chart' },
  drawing: (drawing: string, title: string, places: number) =>
    `${drawing} of ${title}, ${plural(places, { one: '# place', other: '# places' })}.`,
  more: (drawn: number, more: number) =>
    `The ${formatCount(drawn)} largest, and ${formatCount(more)} more in the table.`,
  untimed: (n: number) =>
    plural(n, {
      one: '# row names no time and is not drawn.',
      other: '# rows name no time and are not drawn.',
    }),
  drawnFrom: (n: number, all: string) => `Drawn from the first ${formatCount(n)} rows of ${all}.`,
  drawnFromGiven: (n: number, all: string) =>
    `Drawn from the ${formatCount(n)} rows that the tool gave, of ${all}.`,
  drawnFromKept: (n: number, all: string) =>
    `Drawn from the first ${formatCount(n)} rows of ${all}; the others could not be kept.`,
  loadAll: 'Load all rows',
  loading: 'Loading…',
  retry: 'Retry',
  loaded: (n: number) => plural(n, { one: 'The chart has # row now.', other: 'The chart has # rows now.' }),
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
