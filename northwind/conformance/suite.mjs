import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, readdir } from 'node:fs/promises'
import path from 'node:path'

/**
 * One scenario of the suite that has run.
 *
 * @typedef {{ id: string, status: string, errorMessage?: string }} Check
 * @typedef {{ name: string, checks: Check[] }} Scenario
 */

/** The two releases of the suite: what is released, by its name in node_modules and the arguments that choose a set. */
const releases = {
  '0.1.16': { module: 'conformance-released', choose: ['--suite', 'active'] },
  '2025-11-25': { module: 'conformance-next', choose: ['--requirements', '2025-11-25'] },
  '2026-07-28': { module: 'conformance-next', choose: ['--requirements', '2026-07-28'] },
}

/**
 * Runs one set of scenarios against a server and returns what each has checked. Files of the suite go to folder. It
 * rejects if the suite cannot run, never for checks that fail.
 *
 * @param {keyof typeof releases} set
 * @param {string} url
 * @param {string} folder
 * @returns {Promise<Scenario[]>}
 */
export async function runSuite(set, url, folder) {
  const { module, choose } = releases[set]
  const program = new URL(`node_modules/${module}/dist/index.js`, import.meta.url).pathname
  const args = [program, 'server', '--url', url, ...choose, '--output-dir', folder]
  const suite = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [suite.stdout, suite.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      said += text
    })
  }
  const [code] = await once(suite, 'close')
  if (code !== 0 && code !== 1) throw new Error(`the suite ended with ${code}:\n${said}`)
  return readScenarios(said, folder)
}

/** Takes the names of the scenarios from what the suite said, as one that broke down leaves no file. */
async function readScenarios(said, folder) {
  const names = [...said.matchAll(/^=== Running scenario: (\S+) ===$/gm)].map(([, name]) => name)
  const promised = Number(/\((\d+) scenarios\)/.exec(said)?.[1])
  if (names.length === 0 || names.length !== promised) {
    throw new Error(`the suite promised ${promised} scenarios and ran ${names.length}:\n${said}`)
  }
  const folders = new Map()
  for (const entry of await readdir(folder)) {
    folders.set(entry.replace(/^server-/, '').replace(/-\d{4}-\d\d-\d\dT[\d-]+Z$/, ''), entry)
  }
  return Promise.all(names.map((name) => readScenario(name, folders.get(name), folder)))
}

async function readScenario(name, entry, folder) {
  try {
    return {
      name,
      checks: JSON.parse(await readFile(path.join(folder, entry ?? name, 'checks.json'), 'utf8')),
    }
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
    return { name, checks: [{ id: 'runs', status: 'FAILURE', errorMessage: 'the scenario broke down' }] }
  }
}
