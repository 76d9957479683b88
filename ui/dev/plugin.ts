import { Readable } from 'node:stream'
import type { ReadableStream as NodeStream } from 'node:stream/web'
import type { Connect, Plugin } from 'vite'
import { FakeServer } from './fake.ts'

// The policy that `pomchat serve` sends, so that a look at the built page obeys it too.
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

/** fakeServer answers /api in `vite` and `vite preview`, so that the page runs without Go. */
export function fakeServer(): Plugin {
  const fake = new FakeServer({ pause: 30, withScenes: true })
  const api: Connect.NextHandleFunction = (incoming, outgoing, next) => {
    toRequest(incoming)
      .then((request) => fake.fetch(request))
      .then((answer) => {
        outgoing.writeHead(answer.status, Object.fromEntries(answer.headers))
        if (answer.body) Readable.fromWeb(answer.body as NodeStream).pipe(outgoing)
        else outgoing.end()
      })
      .catch(next)
  }
  return {
    name: 'pomchat-fake-server',
    apply: 'serve',
    configureServer: (vite) => void vite.middlewares.use('/api', api),
    configurePreviewServer: (vite) => {
      vite.middlewares.use('/api', api)
      vite.middlewares.use((_incoming, outgoing, next) => {
        outgoing.setHeader('Content-Security-Policy', policy)
        next()
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

/** gallery shows the gallery at /dev/gallery while developing; no build has it. */
export function gallery(): Plugin {
  return {
    name: 'pomchat-gallery',
    apply: 'serve',
    configureServer: (vite) =>
      void vite.middlewares.use((incoming, _outgoing, next) => {
        incoming.url = incoming.url?.replace(/^\/dev\/gallery\/?(?=$|\?)/, '/dev/gallery/index.html')
        next()
      }),
  }
}
