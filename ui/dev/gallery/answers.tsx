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

/** What was asked, where that is drawn in another way than a line of words. */
const questions: Record<string, string> = {
  text: '## Compare two years\n\n1. **1996** with 1997\n2. only what `Orders` tells\n\n```sql\nSELECT count(*) FROM Orders\n```',
}

/** Answer shows a moment of the recorded run of that name as the thread page does, below its question. */
export function Answer({ name, message }: { name: string; message: Message }) {
  const asked: Message = {
    id: message.parentId,
    parentId: '',
    role: 'user',
    status: 'finished',
    createdAt: message.createdAt,
    parts: [{ type: 'text', id: 'q', step: 0, text: questions[name] ?? 'What happened?', state: 'done' }],
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
