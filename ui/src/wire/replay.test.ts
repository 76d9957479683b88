import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { apply, emptyMessage } from './apply'
import { readEvents } from './read-events'
import type { Message } from './wire.gen'

// What the server's own tests wrote: the bytes of a run, and the message that Go
// folded from it. Both sides answer to the same record.
const folder = join(import.meta.dirname, '../../../app/web/testdata/streams')
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.sse'))
  .map((name) => name.slice(0, -'.sse'.length))

async function replay(bytes: Uint8Array, pieceSize: number): Promise<Message> {
  const fetch: typeof globalThis.fetch = () => {
    let at = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at >= bytes.length) return controller.close()
        controller.enqueue(bytes.slice(at, (at += pieceSize)))
      },
    })
    return Promise.resolve(new Response(body, { headers: { 'Content-Type': 'text/event-stream' } }))
  }
  let message = emptyMessage
  for await (const item of readEvents('run', { signal: new AbortController().signal, fetch })) {
    if (item.kind === 'lost') throw new Error('the record ends without an end')
    if (item.kind === 'events') message = item.events.reduce((m, { event }) => apply(m, event), message)
  }
  return message
}

describe('recorded streams', () => {
  it('are there', () => {
    expect(names.length).toBeGreaterThan(0)
  })

  it.each(names)('%s folds into the message that Go folded', async (name) => {
    const bytes = new Uint8Array(readFileSync(join(folder, `${name}.sse`)))
    const want: unknown = JSON.parse(readFileSync(join(folder, `${name}.message.json`), 'utf8'))
    for (const pieceSize of [1, 7, 1000, bytes.length]) {
      // oxlint-disable-next-line no-await-in-loop -- one record after another
      expect(await replay(bytes, pieceSize), `in pieces of ${pieceSize}`).toStrictEqual(want)
    }
  })
})
