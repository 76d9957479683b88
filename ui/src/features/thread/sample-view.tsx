import { QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { AnnounceProvider } from '@/lib/announce'
import { newQueryClient } from '@/lib/query'
import { TooltipProvider } from '@/ui/tooltip'
import type { Message } from '@/wire/wire.gen'
import { gatewayMe, sampleModels, stateOf } from './sample-state'
import { Transcript, type TranscriptProps } from './transcript'
import type { ThreadState } from './state/use-thread'

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
          <Transcript thread={thread} me={gatewayMe} models={sampleModels} {...props} />
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
