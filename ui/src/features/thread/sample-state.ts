import type { Me, Message, ModelInfo } from '@/wire/wire.gen'
import { at } from './sample'
import { visiblePath } from './state/tree'
import type { ThreadState } from './state/use-thread'

/** Who is signed in, behind a gateway. */
export const gatewayMe: Me = {
  mode: 'gateway',
  user: { id: 'u', name: 'Dana Okafor', email: 'dana@example.com' },
  version: '1',
  maxText: 1000,
  attach: { count: 10, each: 256 * 1024, total: 512 * 1024 },
  mixing: 'ask',
}

/** The only model of a sample. */
export const sampleModels: ModelInfo[] = [
  { id: 'guide', label: 'Guide', provider: 'Built in', default: true },
]

/** A thread as useThread returns it, at rest; fields override. */
export function stateOf(messages: Message[], change: Partial<ThreadState> = {}): ThreadState {
  return {
    phase: 'ready',
    detail: {
      thread: { id: 't', title: 'T', archived: false, createdAt: at(), updatedAt: at() },
      settings: { servers: null },
      messages,
    },
    path: visiblePath(messages, {}),
    live: undefined,
    running: false,
    connection: 'live',
    error: undefined,
    send: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    waiting: undefined,
    decide: () => Promise.resolve(),
    renew: () => Promise.resolve(),
    stopCall: () => Promise.resolve(),
    reply: () => Promise.resolve(),
    regenerate: () => Promise.resolve(),
    goOn: () => Promise.resolve(),
    selectBranch: () => undefined,
    reload: () => undefined,
    ...change,
  }
}
