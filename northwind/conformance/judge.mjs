/**
 * What a run may do without being wrong: a reason, the runs it holds for, the checks that fail, by scenario, and the
 * scenarios that check nothing. An entry of baseline.yml.
 *
 * @typedef {{ because: string, runs: string[], fails?: Record<string, string[]>, checksNothing?: string[] }} Allowance
 */

/**
 * Judges one run. It is fine if exactly the checks fail that the baseline says, and exactly the scenarios check nothing
 * that the baseline says; a warning counts as a failure, and that messages keep to the schema as no check of its own.
 * What begins to pass is a problem too, so that the baseline never says more than is so.
 *
 * @param {string} run
 * @param {import('./suite.mjs').Scenario[]} scenarios
 * @param {Allowance[]} baseline
 * @returns {{ passed: number, failed: number, expected: number, empty: number, problems: string[] }}
 */
export function judge(run, scenarios, baseline) {
  const allowances = baseline.filter(({ runs }) => runs.includes(run))
  const mayFail = new Set(
    allowances.flatMap(({ fails = {} }) =>
      Object.entries(fails).flatMap(([name, ids]) => ids.map((id) => `${name}: ${id}`)),
    ),
  )
  const mayCheckNothing = new Set(allowances.flatMap(({ checksNothing = [] }) => checksNothing))
  const failed = new Map()
  const empty = new Set()
  let passed = 0
  for (const { name, checks } of scenarios) {
    for (const { id, errorMessage } of checks.filter(isFailure)) {
      failed.set(`${name}: ${id}`, errorMessage ?? 'no reason given')
    }
    if (
      !checks.some((check) => isFailure(check) || (isSuccess(check) && !check.id.startsWith('wire-schema')))
    ) {
      empty.add(name)
    }
    passed += checks.filter(isSuccess).length
  }
  const problems = [
    ...[...failed].filter(([check]) => !mayFail.has(check)).map(([check, why]) => `fails: ${check}: ${why}`),
    ...[...mayFail].filter((check) => !failed.has(check)).map((check) => `does not fail any more: ${check}`),
    ...[...empty].filter((name) => !mayCheckNothing.has(name)).map((name) => `checks nothing: ${name}`),
    ...[...mayCheckNothing].filter((name) => !empty.has(name)).map((name) => `checks something now: ${name}`),
  ]
  const expected = [...failed.keys()].filter((check) => mayFail.has(check)).length
  return { passed, failed: failed.size, expected, empty: empty.size, problems }
}

function isFailure({ status }) {
  return status === 'FAILURE' || status === 'WARNING'
}

function isSuccess({ status }) {
  return status === 'SUCCESS'
}
