import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The repository. */
export const root = join(import.meta.dirname, '..', '..')

/** Built programs that run for a test, with a folder of their own. */
export interface Programs {
  /** Their home, which is empty at first and goes with them. */
  state: string
  /** Starts a program of bin/, and waits until it says a line that matches; returns its first group. */
  start: (name: string, flags: string[], line: RegExp, env?: NodeJS.ProcessEnv) => Promise<string>
  /** Ends them all, the newest first. */
  close: () => Promise<void>
}

/** Makes a home for programs that know nothing of this machine but where to find commands. */
export function newPrograms(): Programs {
  const state = mkdtempSync(join(tmpdir(), 'pomchat-e2e-'))
  const running: ChildProcess[] = []
  return {
    state,
    start(name, flags, line, env = {}) {
      const home = { PATH: process.env['PATH'] ?? '', HOME: state, TMPDIR: state, XDG_STATE_HOME: state }
      const child = spawn(join(root, 'bin', name), flags, {
        env: { ...home, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      running.push(child)
      return said(child, name, line)
    },
    async close() {
      for (const child of running.toReversed()) {
        const ended = new Promise((resolve) => child.once('exit', resolve))
        if (child.exitCode === null && child.signalCode === null) {
          child.kill('SIGTERM')
          await ended
        }
      }
      rmSync(state, { recursive: true, force: true })
    },
  }
}

/** Waits for what a program says on either of its outputs; the end of it is shown if it ends before. */
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
