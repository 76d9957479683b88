import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judge } from './judge.mjs'

const passes = (id) => ({ id, status: 'SUCCESS' })
const fails = (id) => ({ id, status: 'FAILURE', errorMessage: 'no such tool' })
const warns = (id) => ({ id, status: 'WARNING' })
const skips = (id) => ({ id, status: 'SKIPPED' })
const tools = (...checks) => [{ name: 'tools', checks }]
const allow = (allowance) => [{ because: 'there are no tools', runs: ['here'], ...allowance }]

const table = [
  {
    name: 'a run that passes is fine',
    scenarios: tools(passes('list'), skips('change')),
    baseline: [],
    want: { passed: 1, failed: 0, expected: 0, empty: 0, problems: [] },
  },
  {
    name: 'a check fails that nobody expected',
    scenarios: tools(passes('list'), fails('call')),
    baseline: allow({ fails: { tools: ['list of another'] } }),
    want: {
      passed: 1,
      failed: 1,
      expected: 0,
      empty: 0,
      problems: ['fails: tools: call: no such tool', 'does not fail any more: tools: list of another'],
    },
  },
  {
    name: 'a warning is a failure',
    scenarios: tools(warns('call')),
    baseline: [],
    want: { passed: 0, failed: 1, expected: 0, empty: 0, problems: ['fails: tools: call: no reason given'] },
  },
  {
    name: 'a check fails as expected',
    scenarios: tools(fails('call')),
    baseline: allow({ fails: { tools: ['call'] } }),
    want: { passed: 0, failed: 1, expected: 1, empty: 0, problems: [] },
  },
  {
    name: 'what is expected elsewhere is not expected here',
    scenarios: tools(fails('call')),
    baseline: allow({ runs: ['there'], fails: { tools: ['call'] } }),
    want: { passed: 0, failed: 1, expected: 0, empty: 0, problems: ['fails: tools: call: no such tool'] },
  },
  {
    name: 'a check begins to pass',
    scenarios: tools(passes('call')),
    baseline: allow({ fails: { tools: ['call'] } }),
    want: { passed: 1, failed: 0, expected: 0, empty: 0, problems: ['does not fail any more: tools: call'] },
  },
  {
    name: 'a scenario checks nothing but the form of messages',
    scenarios: tools(skips('call'), passes('wire-schema-valid')),
    baseline: [],
    want: { passed: 1, failed: 0, expected: 0, empty: 1, problems: ['checks nothing: tools'] },
  },
  {
    name: 'a scenario checks nothing, as expected',
    scenarios: tools(),
    baseline: allow({ checksNothing: ['tools'] }),
    want: { passed: 0, failed: 0, expected: 0, empty: 1, problems: [] },
  },
  {
    name: 'a scenario begins to check something',
    scenarios: tools(passes('call')),
    baseline: allow({ checksNothing: ['tools'] }),
    want: { passed: 1, failed: 0, expected: 0, empty: 0, problems: ['checks something now: tools'] },
  },
]

for (const { name, scenarios, baseline, want } of table) {
  test(name, () => {
    assert.deepEqual(judge('here', scenarios, baseline), want)
  })
}
