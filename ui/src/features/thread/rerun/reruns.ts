import { problemOf, type ApiProblem } from '@/lib/api'
import type { Rerun, ToolPart } from '@/wire/wire.gen'
import type { Draft } from '../ask/arguments'

/** More runs of a call than these are not kept. */
const mostRuns = 5

/** A run of the person’s own, counted from 1. */
export interface OwnRun extends Rerun {
  n: number
}

/** How the newest run stands, as long as that is not among the results. */
export type Going =
  | { name: 'idle' }
  | { name: 'running'; since: string }
  | { name: 'stopped' }
  /** The tool says what is wrong. */
  | { name: 'refused'; text: string }
  | { name: 'failed'; problem: ApiProblem }

/** What a person does about one call: what they edit, and what came of their runs. */
export interface Reruns {
  editing: boolean
  draft: Draft
  going: Going
  /** The newest first. */
  runs: readonly OwnRun[]
  /** The run whose result is on view; 0 is none. */
  open: number
}

/** What happens to it. */
export type Happening =
  | { type: 'edit'; draft?: Draft }
  | { type: 'write'; draft: Draft }
  | { type: 'leave' }
  | { type: 'begin'; at: string }
  | { type: 'stop' }
  | { type: 'result'; result: Rerun }
  | { type: 'fail'; problem: ApiProblem }
  | { type: 'show'; run: number }

export const untouched: Reruns = {
  editing: false,
  draft: new Map(),
  going: { name: 'idle' },
  runs: [],
  open: 0,
}

/** Returns what becomes of it. What the tool says is wrong stays beside the text, and is no result. */
export function happen(now: Reruns, what: Happening): Reruns {
  switch (what.type) {
    case 'edit':
      return { ...now, editing: true, draft: what.draft ?? now.draft }
    case 'write':
      return { ...now, draft: what.draft }
    case 'leave':
      return { ...now, editing: false, going: now.going.name === 'running' ? now.going : { name: 'idle' } }
    case 'begin':
      return { ...now, going: { name: 'running', since: what.at } }
    case 'stop':
      return { ...now, going: { name: 'stopped' } }
    case 'fail':
      return { ...now, going: { name: 'failed', problem: what.problem } }
    case 'result': {
      const { output } = what.result
      if (output.isError) return { ...now, going: { name: 'refused', text: output.text.trim() } }
      const n = (now.runs[0]?.n ?? 0) + 1
      const runs = [{ ...what.result, n }, ...now.runs].slice(0, mostRuns)
      return { ...now, going: { name: 'idle' }, runs, open: n }
    }
    case 'show':
      return { ...now, open: now.open === what.run ? 0 : what.run }
  }
}

/** Runs a call again with arguments; rejects with an ApiError. */
export type Send = (input: Record<string, unknown>, signal: AbortSignal) => Promise<Rerun>

/**
 * RerunStore keeps that of one call, whether or not its panel is open: a run goes on
 * when its panel is closed. One run goes on at a time.
 */
export class RerunStore {
  private now = untouched
  private readonly listeners = new Set<() => void>()
  private abort: AbortController | undefined

  get = (): Reruns => this.now

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  tell(what: Happening) {
    this.now = happen(this.now, what)
    for (const listener of this.listeners) listener()
  }

  async run(send: Send, input: Record<string, unknown>) {
    if (this.abort) return
    const abort = (this.abort = new AbortController())
    this.tell({ type: 'begin', at: new Date().toISOString() })
    try {
      const result = await send(input, abort.signal)
      if (!abort.signal.aborted) this.tell({ type: 'result', result })
    } catch (error) {
      if (!abort.signal.aborted) this.tell({ type: 'fail', problem: problemOf(error) })
    } finally {
      if (this.abort === abort) this.abort = undefined
    }
  }

  /** Takes back the request of the run that goes on, which ends it on the server too. */
  stop() {
    if (!this.abort) return
    this.abort.abort()
    this.abort = undefined
    this.tell({ type: 'stop' })
  }
}

const stores = new Map<string, RerunStore>()

/** Returns the store of a call of a thread: for as long as the page is open, the same. */
export function rerunsOf(threadId: string, part: ToolPart): RerunStore {
  const key = `${threadId} ${part.toolCallId}`
  const store = stores.get(key) ?? new RerunStore()
  stores.set(key, store)
  return store
}
