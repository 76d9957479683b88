import { QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { AnnounceProvider } from '@/lib/announce'
import { newQueryClient } from '@/lib/query'
import { TooltipProvider } from '@/ui/tooltip'
import type { Me, Message, ModelInfo } from '@/wire/wire.gen'
import { at } from './sample'
import { Transcript, type TranscriptProps } from './transcript'
import { visiblePath } from './tree'
import type { ThreadState } from './use-thread'

const me: Me = {
  mode: 'gateway',
  user: { id: 'u', name: 'Dana Okafor', email: 'dana@example.com' },
  version: '1',
  maxText: 1000,
  attach: { count: 10, each: 256 * 1024, total: 512 * 1024 },
  mixing: 'ask',
}

const models: ModelInfo[] = [{ id: 'guide', label: 'Guide', provider: 'Built in', default: true }]

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
    reply: () => Promise.resolve(),
    regenerate: () => Promise.resolve(),
    goOn: () => Promise.resolve(),
    selectBranch: () => undefined,
    reload: () => undefined,
    ...change,
  }
}

/** Shows a thread's transcript, as a test states it; update shows it changed. */
export function show(
  messages: Message[],
  change: Partial<ThreadState> = {},
  props: Partial<TranscriptProps> = {},
) {
  const client = newQueryClient()
  const element = (thread: ThreadState) => (
    <QueryClientProvider client={client}>
      <AnnounceProvider>
        <TooltipProvider>
          <Transcript thread={thread} me={me} models={models} {...props} />
        </TooltipProvider>
      </AnnounceProvider>
    </QueryClientProvider>
  )
  const view = render(element(stateOf(messages, change)))
  return {
    user: userEvent.setup(),
    update: (next: Message[], nextChange: Partial<ThreadState> = {}) =>
      view.rerender(element(stateOf(next, nextChange))),
  }
}
