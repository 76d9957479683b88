import { describe, expect, it } from 'vitest'
import { ApiError } from '@/lib/api'
import type { Rerun } from '@/wire/wire.gen'
import { happen, RerunStore, rerunsOf, untouched, type Reruns } from './reruns'
import { at, call } from '../sample'

const result = (text: string, isError = false): Rerun => ({
  tool: call('c').tool,
  input: { sql: text },
  output: { text, isError },
  startedAt: at(),
  durationMs: 5,
})

describe('happen', () => {
  const written: Reruns = { ...untouched, editing: true, draft: new Map([['sql', 'SELECT 2']]) }
  it.each<[string, Reruns, Parameters<typeof happen>[1], Partial<Reruns>]>([
    ['what was written outlives the editor', written, { type: 'leave' }, { editing: false }],
    ['an earlier run is edited again', untouched, { type: 'edit', draft: written.draft }, written],
    [
      'what the tool says is wrong is no result, and the text stays',
      written,
      { type: 'result', result: result('no such column', true) },
      { going: { name: 'refused', text: 'no such column' } },
    ],
    [
      'a result is on view',
      { ...written, going: { name: 'running', since: at() } },
      { type: 'result', result: result('one') },
      { going: { name: 'idle' }, runs: [{ ...result('one'), n: 1 }], open: 1 },
    ],
    ['what is on view can be closed', { ...written, open: 2 }, { type: 'show', run: 2 }, { open: 0 }],
    [
      'leaving does not stop a run',
      { ...written, going: { name: 'running', since: at() } },
      { type: 'leave' },
      { editing: false, going: { name: 'running', since: at() } },
    ],
  ])('%s', (_, before, what, change) => {
    expect(happen(before, what)).toEqual({ ...before, ...change })
  })

  it('keeps the last five runs', () => {
    let now = untouched
    for (let i = 1; i <= 7; i++) now = happen(now, { type: 'result', result: result(`${i}`) })
    expect(now.runs.map((run) => run.n)).toEqual([7, 6, 5, 4, 3])
    expect(now.open).toBe(7)
  })
})

describe('RerunStore', () => {
  /** A run that ends when the test says so. */
  function held() {
    let end: (r: Rerun) => void = () => undefined
    const send = (_: unknown, signal: AbortSignal) =>
      new Promise<Rerun>((resolve, reject) => {
        end = resolve
        signal.addEventListener('abort', () => reject(signal.reason as Error))
      })
    return { send, end: (r: Rerun) => end(r) }
  }

  it('has one run at a time', async () => {
    const store = new RerunStore()
    const { send, end } = held()
    const going = store.run(send, { n: 1 })
    await store.run(() => Promise.resolve(result('another')), { n: 2 })
    expect(store.get().going.name).toBe('running')
    end(result('one'))
    await going
    expect(store.get().runs.map((run) => run.output.text)).toEqual(['one'])
  })

  it('is stopped, and can run again at once', async () => {
    const store = new RerunStore()
    const going = store.run(held().send, {})
    store.stop()
    expect(store.get().going).toEqual({ name: 'stopped' })
    await store.run(() => Promise.resolve(result('two')), {})
    await going
    expect(store.get()).toMatchObject({ going: { name: 'idle' }, open: 1 })
  })

  it('tells why a run failed', async () => {
    const store = new RerunStore()
    const problem = { title: 'Forbidden', status: 403, detail: 'Blocked.' }
    await store.run(() => Promise.reject(new ApiError(problem)), {})
    expect(store.get().going).toEqual({ name: 'failed', problem })
  })

  it('is one for each call of each thread', () => {
    expect(rerunsOf('t', call('c'))).toBe(rerunsOf('t', call('c')))
    expect(rerunsOf('t', call('c'))).not.toBe(rerunsOf('u', call('c')))
  })
})
