import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

const startTime = 15_000
const stopTime = 15_000

/** The environment without the settings of pomchat, which would make the server another one. */
export function plainEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('POMCHAT_')))
}

/**
 * Starts `binary northwind-mcp` on a free port of loopback. It resolves when the server tells its address, and rejects
 * with what the server said if it ends before or takes too long. Whoever starts a server stops it.
 *
 * @param {string} binary
 * @param {string[]} flags
 * @returns {Promise<{ origin: string, stop: () => Promise<void> }>}
 */
export async function startServer(binary, flags = []) {
  const args = ['--log-format=json', 'northwind-mcp', '--listen=127.0.0.1:0', ...flags]
  const server = spawn(binary, args, { env: plainEnvironment(), stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = once(server, 'exit')
  const said = []
  const address = new Promise((resolve) => {
    createInterface({ input: server.stderr }).on('line', (line) => {
      said.push(line)
      const origin = /"url":"(http:\/\/[^"/]+)/.exec(line)?.[1]
      if (origin) resolve(origin)
    })
  })
  const origin = await Promise.race([address, ended.catch(() => undefined), after(startTime)])
  if (typeof origin !== 'string') {
    server.kill('SIGKILL')
    throw new Error(`${binary} does not serve:\n${said.join('\n')}`)
  }
  return { origin, stop: () => stop(server, ended, said) }
}

/** Ends the server as an operator would, and rejects if it does not end well. */
async function stop(server, ended, said) {
  server.kill('SIGTERM')
  const outcome = await Promise.race([ended, after(stopTime)])
  if (outcome?.[0] === 0) return
  server.kill('SIGKILL')
  throw new Error(`the server did not end well when told to stop:\n${said.slice(-20).join('\n')}`)
}

/** Resolves to nothing after some milliseconds, and keeps no process alive for it. */
function after(milliseconds) {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref()
  })
}
