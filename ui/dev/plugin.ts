import { Readable } from 'node:stream'
import type { ReadableStream as NodeStream } from 'node:stream/web'
import type { Connect, Plugin } from 'vite'
import { FakeServer } from './fake.ts'

/** fakeServer answers /api in the dev server, so that the page runs without Go. */
export function fakeServer(): Plugin {
  const fake = new FakeServer({ pause: 30 })
  return {
    name: 'pomchat-fake-server',
    apply: 'serve',
    configureServer(vite) {
      vite.middlewares.use('/api', (incoming, outgoing, next) => {
        toRequest(incoming)
          .then((request) => fake.fetch(request))
          .then((answer) => {
            outgoing.writeHead(answer.status, Object.fromEntries(answer.headers))
            if (answer.body) Readable.fromWeb(answer.body as NodeStream).pipe(outgoing)
            else outgoing.end()
          })
          .catch(next)
      })
    },
  }
}

async function toRequest(incoming: Connect.IncomingMessage): Promise<Request> {
  const url = new URL(incoming.originalUrl ?? '/', 'http://localhost')
  const method = incoming.method ?? 'GET'
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
  const body = Buffer.concat(chunks)
  return new Request(url, { method, ...(body.length > 0 ? { body: new Uint8Array(body) } : {}) })
}
