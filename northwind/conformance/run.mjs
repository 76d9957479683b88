import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parse } from 'yaml'
import { judge } from './judge.mjs'
import { startServer } from './server.mjs'
import { runSuite } from './suite.mjs'

// Runs the official conformance suite against both builds: `run.mjs <production binary> <conformance binary>`.
const [production, fixtures] = process.argv.slice(2)

// How many checks pass is written down, so that none is lost unseen.
const runs = [
  { name: 'production 0.1.16', binary: production, path: '/mcp', set: '0.1.16', passes: 8 },
  { name: 'production 2025-11-25', binary: production, path: '/mcp', set: '2025-11-25', passes: 38 },
  { name: 'production 2026-07-28', binary: production, path: '/mcp', set: '2026-07-28', passes: 108 },
  { name: 'fixtures 2025-11-25', binary: fixtures, path: '/mcp', set: '2025-11-25', passes: 61 },
  { name: 'fixtures 2026-07-28', binary: fixtures, path: '/mcp', set: '2026-07-28', passes: 163 },
  { name: 'streams 2026-07-28', binary: fixtures, path: '/stream', set: '2026-07-28', passes: 165 },
  { name: 'sessions 0.1.16', binary: fixtures, path: '/session', set: '0.1.16', passes: 40 },
  { name: 'sessions 2025-11-25', binary: fixtures, path: '/session', set: '2025-11-25', passes: 84 },
]

const baseline = parse(await readFile(new URL('baseline.yml', import.meta.url), 'utf8'))
const table = [['run', 'scenarios', 'passed', 'failed', 'as expected', 'check nothing', '']]
const problems = misnamed(baseline)
const folder = await mkdtemp(path.join(tmpdir(), 'northwind-conformance-'))
try {
  for (const binary of [production, fixtures]) {
    const server = await startServer(binary)
    try {
      for (const run of runs.filter((r) => r.binary === binary)) await judgeRun(run, server.origin)
    } finally {
      await server.stop()
    }
  }
} finally {
  await rm(folder, { recursive: true })
}
print(table)
for (const problem of problems) process.stderr.write(`${problem}\n`)
if (problems.length > 0) process.exitCode = 1

async function judgeRun(run, origin) {
  const scenarios = await runSuite(run.set, origin + run.path, path.join(folder, run.name.replace(' ', '-')))
  const verdict = judge(run.name, scenarios, baseline)
  if (verdict.passed !== run.passes) {
    verdict.problems.push(`${verdict.passed} checks passed, and not ${run.passes}`)
  }
  problems.push(...verdict.problems.map((problem) => `${run.name}: ${problem}`))
  const { passed, failed, expected, empty } = verdict
  const outcome = verdict.problems.length === 0 ? 'ok' : 'WRONG'
  table.push([run.name, scenarios.length, passed, failed, expected, empty, outcome])
}

/** Entries of the baseline for runs that do not exist would never be missed. */
function misnamed(allowances) {
  const known = new Set(runs.map(({ name }) => name))
  return allowances
    .flatMap((allowance) => allowance.runs)
    .filter((name) => !known.has(name))
    .map((name) => `baseline.yml: there is no run ${name}`)
}

function print(rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => String(row[i]).length)))
  for (const row of rows) {
    const cells = row.map((cell, i) =>
      typeof cell === 'number' ? String(cell).padStart(widths[i]) : String(cell).padEnd(widths[i]),
    )
    process.stdout.write(`${cells.join('  ').trimEnd()}\n`)
  }
}
