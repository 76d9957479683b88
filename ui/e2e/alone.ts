import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Pomchat alone, with the fake provider, which writes a word at a time, and a server that has a tool which writes. */
export interface Alone {
  /** The app’s address, without a trailing slash. */
  base: string
  close: () => Promise<void>
}

const root = join(import.meta.dirname, '..', '..')

/** Starts the programs; the writing server is called Stock, and nobody vouches for it. */
export async function openAlone({ pace = '20ms' } = {}): Promise<Alone> {
  const state = mkdtempSync(join(tmpdir(), 'pomchat-alone-'))
  const running: ChildProcess[] = []
  const start = (name: string, flags: string[], line: RegExp, env: NodeJS.ProcessEnv = {}) => {
    const child = spawn(join(root, 'bin', name), flags, {
      env: { PATH: process.env['PATH'] ?? '', HOME: state, XDG_STATE_HOME: state, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.push(child)
    return said(child, name, line)
  }
  const provider = await start('fake-provider', [`--pace=${pace}`], /(http:\/\/\S+)/)
  const stock = await start(
    'pomchat',
    ['northwind-mcp', '--demo-write-tool', '--listen=127.0.0.1:0'],
    /url=(http:\/\/\S+)/,
  )
  const base = await start(
    'pomchat',
    ['serve', '--listen=127.0.0.1:0', `--mcp=Stock=${stock}`],
    /Open (http:\/\/\S+)/,
    { OPENAI_API_KEY: 'sk-fake', OPENAI_BASE_URL: provider },
  )
  return {
    base,
    async close() {
      for (const child of running.toReversed()) {
        const ended = new Promise((resolve) => child.once('exit', resolve))
        child.kill('SIGTERM')
        await ended
      }
      rmSync(state, { recursive: true, force: true })
    },
  }
}

/** Waits for what a program says on either of its outputs; all of it is shown if it ends before. */
function said(child: ChildProcess, name: string, line: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        out = (out + chunk.toString()).slice(-10_000)
        const found = line.exec(out)?.[1]
        if (found !== undefined) resolve(found)
      })
    }
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}: ${out}`)))
  })
}
