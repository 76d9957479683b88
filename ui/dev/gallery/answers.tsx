import { useState } from 'react'
import type { LiveMessage } from '../../src/features/thread/state/live-run.ts'
import { gatewayMe, sampleModels, stateOf } from '../../src/features/thread/sample-state.ts'
import { Transcript } from '../../src/features/thread/transcript.tsx'
import type { Message } from '../../src/wire/wire.gen.ts'
import { momentsOf } from './moments.ts'

// The streams that the server's own tests recorded; both sides answer to them.
const streams = import.meta.glob<string>('../../../app/web/testdata/streams/*.sse', {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** The recorded runs, by name. */
export const recorded = Object.entries(streams).map(([path, stream]) => ({
  name: path.split('/').at(-1)?.slice(0, -'.sse'.length) ?? path,
  moments: momentsOf(stream),
}))

/** Answer shows a moment of a recorded run as the thread page does, below its question. */
export function Answer({ message }: { message: Message }) {
  const asked: Message = {
    id: message.parentId,
    parentId: '',
    role: 'user',
    status: 'finished',
    createdAt: message.createdAt,
    parts: [{ type: 'text', id: 'q', step: 0, text: 'What happened?', state: 'done' }],
  }
  const [live] = useState<LiveMessage>(() => ({
    runId: message.runId ?? '',
    get: () => message,
    subscribe: () => () => undefined,
  }))
  const running = message.status === 'running'
  const state = stateOf([asked, message], running ? { live, running } : {})
  return (
    <div className="gallery__answer">
      <Transcript
        thread={state}
        me={gatewayMe}
        models={sampleModels}
        onOpenServers={() => undefined}
        connectTo={() => ({ href: 'https://notes.example/.pomerium/mcp/connect', onLeave: () => undefined })}
      />
    </div>
  )
}
