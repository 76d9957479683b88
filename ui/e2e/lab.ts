import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { newPrograms } from './programs.ts'

/** A pomchat of its own whose model is the fake that echoes a question word by word. */
export interface Lab {
  /** Its address, without a trailing slash. */
  base: string
  close: () => Promise<void>
}

/** Opens a lab; pace is how long its model waits before each word, as Go writes durations. */
export async function openLab(pace: string): Promise<Lab> {
  const { start, close } = newPrograms()
  const provider = await start('fake-provider', [`--pace=${pace}`], /(http:\/\/\S+)/)
  const flags = ['serve', '--listen=127.0.0.1:0', '--runs-per-minute=100000']
  const model = { OPENAI_API_KEY: 'sk-fake', OPENAI_BASE_URL: provider }
  return { base: await start('pomchat', flags, /Open (http:\/\/\S+)/, model), close }
}

/** Has a thread written through the API, one turn for each question, and returns its id. */
export async function writeThread(base: string, questions: readonly string[]): Promise<string> {
  const post = async <T>(path: string, body: unknown): Promise<T> => {
    const headers = { 'Content-Type': 'application/json' }
    const answer = await fetch(base + path, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as T
  }
  const { id } = await post<{ id: string }>('/api/threads', {})
  for (const text of questions) {
    const { runId } = await post<{ runId: string }>(`/api/threads/${id}/runs`, { text })
    await (await fetch(`${base}/api/runs/${runId}/events`)).text()
  }
  return id
}

/** Returns a Markdown text of so many words that together have so many bytes, the same each time. */
export function essay(words: number, bytes: number): string {
  const marks = ['', '- ', '', '1. ', '## ', '> ', '']
  const paragraphs: string[] = []
  let seed = 7
  const next = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below
  for (let left = words; left > 0;) {
    const length = Math.min(left, 20 + next(30))
    left -= length
    const line = Array.from({ length }, (_, i) => {
      const word = 'abcdefghijklmnopqrstuvwxyz'.slice(next(20)).slice(0, 2 + next(7))
      return i % 11 === 5 ? `**${word}**` : i % 17 === 8 ? `\`${word}\`` : word
    })
    const mark = marks[paragraphs.length % marks.length] ?? ''
    paragraphs.push(mark === '' ? line.join(' ') : `${mark.trim()}\u00a0${line.join(' ')}`)
  }
  const text = paragraphs.join('\n\n').replaceAll('\u00a0', ' ')
  // Long words fill what is missing, as figures and names do in an answer.
  const pieces = text.split(' ')
  const longer = pieces.filter((word) => /[a-z]$/.test(word)).length
  const each = 'e'.repeat(Math.max(0, Math.ceil((bytes - text.length) / longer)))
  return pieces.map((word) => (/[a-z]$/.test(word) ? word + each : word)).join(' ')
}

/** A tab of a lab, with the tools that measure it. */
export interface Bench {
  page: Page
  devtools: CDPSession
  close: () => Promise<void>
}

/** Opens a tab with an empty cache; slow is by how much its processor is throttled. */
export async function openBench(browser: Browser, base: string, slow = 1): Promise<Bench> {
  const context = await browser.newContext({
    baseURL: base,
    locale: 'en-US',
    viewport: { width: 1280, height: 900 },
  })
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Performance.enable')
  if (slow > 1) await devtools.send('Emulation.setCPUThrottlingRate', { rate: slow })
  return { page, devtools, close: () => context.close() }
}

/** Returns how long the tab's scripts have run in all, in milliseconds. */
export async function scriptTime({ devtools }: Bench): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics')
  return 1_000 * (metrics.find((metric) => metric.name === 'ScriptDuration')?.value ?? NaN)
}

/** One number of the table. */
export interface Figure {
  name: string
  unit: string
  /** What it may be at most; without one it is only told. */
  limit?: number
  /** It is the same however busy the machine is, so every try has to keep the limit, not only the best. */
  exact?: boolean
  values: number[]
}

const figures: Figure[] = []

/**
 * `make lab` measures five times and judges every limit. Among the other tests it is once, and only
 * what is the same on every machine is judged: a time says more of its neighbours than of the page.
 */
export const thorough = process.env['LAB'] === '1'

/** Times say nothing on a machine that has this many times as much to do as it has processors. */
const tooBusy = 2

/**
 * Measures, and returns the limits that were missed, in words. A time has to be kept once: other work
 * on the machine makes a page slower, never faster. Where that is so much that nothing could be
 * kept, times are told and not judged.
 */
export async function bestOfFive<Name extends string>(
  asked: Record<Name, Omit<Figure, 'name' | 'values'>>,
  measure: () => Promise<Record<Name, number>>,
): Promise<string[]> {
  const names = Object.keys(asked) as Name[]
  const taken = names.map((name): Figure & { name: Name } => ({ name, ...asked[name], values: [] }))
  figures.push(...taken)
  for (let run = 1; run <= (thorough ? 5 : 1); run++) {
    const values = await measure()
    for (const figure of taken) figure.values.push(values[figure.name])
  }
  const [load = 0] = loadavg()
  const busy = load > tooBusy * availableParallelism()
  if (busy && thorough)
    process.stdout.write(`The machine is too busy to judge times: load ${load.toFixed(1)}\n`)
  return taken
    .filter(({ exact }) => exact === true || (thorough && !busy))
    .filter(({ limit = Infinity, exact, values }) => Math[exact ? 'max' : 'min'](...values) > limit)
    .map(({ name, limit, values }) => `${name}: ${values.join(', ')}, limit ${limit}`)
}

/** Prints what has been measured as a table, and leaves it under e2e/.results. */
export function report(): void {
  const folder = join(import.meta.dirname, '.results')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'speed.json'), `${JSON.stringify(figures, null, 2)}\n`)
  const round = (value: number) => (Math.abs(value) < 10 ? value.toFixed(2) : value.toFixed(0))
  const rows = figures.map(({ name, unit, limit, values }) => [
    name,
    round(Math[unit === 'fps' ? 'max' : 'min'](...values)),
    limit === undefined ? '' : round(limit),
    unit,
    values.map(round).join(' '),
  ])
  const table = [['', 'best', 'limit', '', 'all'], ...rows]
  const width = (column: number) => Math.max(...table.map((row) => row[column]?.length ?? 0))
  const lines = table.map((row) =>
    row.map((cell, i) => (i === 1 || i === 2 ? cell.padStart(width(i)) : cell.padEnd(width(i)))).join('  '),
  )
  process.stdout.write(`\n${lines.join('\n')}\n`)
}
