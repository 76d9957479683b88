import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the pomchat under test, without a trailing slash. */
    base: string
    /** Path of the browser. */
    chromium: string
  }
}

const root = join(import.meta.dirname, '..', '..')

/** Starts the built binary as a new user would, on a free port and with an empty store. */
export default async function setup(project: TestProject) {
  const state = mkdtempSync(join(tmpdir(), 'pomchat-browser-'))
  const server = spawn(join(root, 'bin', 'pomchat'), ['serve', '--listen=127.0.0.1:0'], {
    env: { PATH: process.env['PATH'] ?? '', HOME: state, XDG_STATE_HOME: state },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  project.provide('base', await address(server))
  project.provide('chromium', execFileSync(join(root, 'app', 'e2e', 'chromium'), { encoding: 'utf8' }).trim())
  return async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGTERM')
    await ended
    rmSync(state, { recursive: true, force: true })
  }
}

/** Waits for the line in which the server prints where it listens. */
function address(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = ''
    server.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      const found = /Open (http:\/\/\S+)/.exec(printed)
      if (found?.[1]) resolve(found[1])
    })
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`pomchat ended with ${code}: ${printed}`)))
  })
}
