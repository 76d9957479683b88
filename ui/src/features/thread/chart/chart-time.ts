import type { Cell } from '../rows/table-data'

/** Reads a label as a time of one kind, or tells that it is none. */
type Reader = (text: string, column: string) => number | undefined

const names = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const aMonth =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?'
const month = new RegExp(`^${aMonth}$`, 'i')
const monthOfYear = new RegExp(`^${aMonth} (\\d{4})$`, 'i')
const day = /^(\d{4}-\d\d-\d\d)(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?)?$/
const moment = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?$/

/** Columns whose four digits are no years. */
const code = /(zip|code|id|no|nr|number|phone|extension)$/i

/** The least and the largest number of a part of the calendar. */
const turns: Record<string, readonly [number, number]> = {
  quarter: [1, 4],
  month: [1, 12],
  week: [0, 53],
  day: [1, 366],
  hour: [0, 23],
}

/** The ways to name a time, each with a unit of its own. */
const readers: Reader[] = [
  (text, column) => (/^(1[5-9]|20|21)\d\d$/.test(text) && !code.test(column) ? Number(text) : undefined),
  (text) => {
    const [, year, quarter] = /^(\d{4})[-/ ]?Q([1-4])$/i.exec(text) ?? []
    return year === undefined ? undefined : Number(year) * 4 + Number(quarter)
  },
  (text) => {
    const [, quarter, year] = /^Q([1-4])[-/ ]?(\d{4})$/i.exec(text) ?? []
    return year === undefined ? undefined : Number(year) * 4 + Number(quarter)
  },
  (text) => {
    const [, year, number] = /^(\d{4})[-/](0?[1-9]|1[0-2])$/.exec(text) ?? []
    return year === undefined ? undefined : Number(year) * 12 + Number(number)
  },
  (text) => {
    const [, name = '', year] = monthOfYear.exec(text) ?? []
    return year === undefined ? undefined : Number(year) * 12 + monthNamed(name)
  },
  (text) => {
    const [, year, week] = /^(\d{4})-?W(\d\d)$/i.exec(text) ?? []
    return year === undefined ? undefined : Number(year) * 53 + Number(week)
  },
  (text) => {
    const [, date] = day.exec(text) ?? []
    return date === undefined ? undefined : told(Date.parse(`${date}T00:00:00Z`) / 86_400_000)
  },
  (text) => {
    const [, date, time, zone = 'Z'] = moment.exec(text) ?? []
    return date === undefined ? undefined : told(Date.parse(`${date}T${time}${zone}`))
  },
  (text) => {
    const [, name] = month.exec(text) ?? []
    return name === undefined ? undefined : monthNamed(name)
  },
  (text) => {
    const [, quarter] = /^Q([1-4])$/i.exec(text) ?? []
    return quarter === undefined ? undefined : Number(quarter)
  },
  (text, column) => {
    const turn = turns[/(quarter|month|week|day|hour)$/i.exec(column)?.[1]?.toLowerCase() ?? '']
    if (!turn || !isNamedForTime(column) || !/^\d{1,3}$/.test(text)) return undefined
    const n = Number(text)
    return n >= turn[0] && n <= turn[1] ? n : undefined
  },
]

/**
 * Returns where the labels of a column stand in time, in a unit of their own (years, quarters,
 * months, weeks, days, milliseconds, or the turns of a calendar), null for those that are
 * missing; or undefined if they do not all name times in one way. Numbers are times only in a
 * column that is named for what they are.
 */
export function timesOf(cells: readonly Cell[], column: string): (number | null)[] | undefined {
  if (cells.some((cell) => typeof cell === 'number') && !isNamedForTime(column)) return undefined
  const texts = cells.map((cell) => (cell === null || cell === '' ? null : String(cell).trim()))
  const first = texts.find((text) => text !== null) ?? ''
  for (const read of readers) {
    if (read(first, column) === undefined) continue
    const times = texts.map((text) => (text === null ? null : read(text, column)))
    const known = times.filter((time) => time !== undefined)
    if (known.length === times.length) return known
  }
  return undefined
}

/** Whether a column is named for a part of the calendar: Year, order_month, ShippedDay. */
export function isNamedForTime(column: string): boolean {
  return (
    /(^|[_ ])(year|yr|fy|quarter|month|week|day|hour)$/i.test(column) ||
    /[a-z](Year|Quarter|Month|Week|Day|Hour)$/.test(column)
  )
}

/** Returns a label without the midnight that comes with a day. */
export function withoutMidnight(text: string): string {
  return text.replace(day, '$1')
}

function monthNamed(name: string): number {
  return names.indexOf(name.slice(0, 3).toLowerCase()) + 1
}

function told(time: number): number | undefined {
  return Number.isNaN(time) ? undefined : time
}
