import { formatCount, formatUsd } from '@/lib/format'
import { listOf } from '@/lib/plural'
import { strings } from '@/strings/thread'
import { strings as words } from '@/strings/thread-receipt'
import type { Message, ToolPart, Usage } from '@/wire/wire.gen'
import { formatDuration } from '../rows/format'
import { workedMs } from '../state/pauses'
import { rowCountOf } from '../rows/table-data'

/**
 * Returns what an answer and its continuations rest on, in a few words each: servers,
 * calls, rows and time; then the model with its tokens, time and an estimate of the cost.
 */
export function receiptOf(messages: readonly Message[], labelOf: (model: string) => string): string[] {
  return [
    ...callFacts(messages),
    modelFact(messages, labelOf),
    tokenFact(messages),
    costFact(messages),
  ].filter((fact) => fact !== '')
}

/** Returns which models wrote an answer and its continuations, in how many calls, with what, for how much. */
export function modelFacts(messages: readonly Message[], labelOf: (model: string) => string): string[] {
  const steps = messages.reduce((n, m) => n + (m.steps ?? 0), 0)
  const models = modelsOf(messages, labelOf)
  const often = steps > 0 ? words.steps(steps) : ''
  return [
    listOf([models, often].filter((fact) => fact !== '')),
    [tokenFact(messages), costFact(messages)].filter((fact) => fact !== '').join('; '),
  ]
}

function modelsOf(messages: readonly Message[], labelOf: (model: string) => string): string {
  return listOf(new Set(messages.flatMap((m) => (m.model === undefined ? [] : [labelOf(m.model)]))))
}

/**
 * Returns what all answers of a thread, those to other wordings too, have used and cost;
 * nothing if that is no more than one of them tells itself.
 */
export function totalOf(messages: readonly Message[]): string[] {
  const answers = messages.filter((m) => m.usage !== undefined)
  if (answers.length < 2) return []
  return [tokenFact(answers), costFact(answers)].filter((fact) => fact !== '')
}

function callFacts(messages: readonly Message[]): string[] {
  const parts = messages.flatMap((m) => m.parts)
  const calls = parts.filter((p): p is ToolPart => p.type === 'dynamic-tool')
  const answered = calls.filter((p) => p.output && !p.output.isError)
  if (answered.length === 0) return []
  const servers = [...new Set(answered.map((p) => p.tool.serverName || (p.tool.title ?? p.tool.tool)))]
  const rows = answered.map(rowCountOf).filter((n) => n !== undefined)
  const took = calls.reduce((sum, p) => sum + (p.durationMs ?? 0), 0)
  return [
    strings.from(listOf(servers)),
    strings.countCalls(calls.length),
    rows.length > 0 ? strings.rows(rows.reduce((sum, n) => sum + n, 0)) : '',
    formatDuration(took),
  ]
}

function modelFact(messages: readonly Message[], labelOf: (model: string) => string): string {
  const took = messages.reduce((sum, m) => sum + (m.endedAt === undefined ? 0 : workedMs(m, 0)), 0)
  return [modelsOf(messages, labelOf), took > 0 ? strings.took(formatDuration(took)) : '']
    .filter((fact) => fact !== '')
    .join(' ')
}

function tokenFact(messages: readonly Message[]): string {
  const sum = (of: Exclude<keyof Usage, 'estimated'>) =>
    messages.reduce((n, { usage }) => n + (usage?.[of] ?? 0), 0)
  const all = sum('inputTokens') + sum('outputTokens')
  if (all === 0) return ''
  const [cached, reasoning] = [sum('cachedTokens'), sum('reasoningTokens')]
  const told = [
    messages.some((m) => m.usage?.estimated) ? strings.aboutTokens(all) : strings.tokens(all),
    cached > 0 ? strings.cached(formatCount(cached)) : '',
    reasoning > 0 ? strings.reasoning(formatCount(reasoning)) : '',
  ]
  return listOf(told.filter((fact) => fact !== ''))
}

/** A sum is told only if every part of it is known. */
function costFact(messages: readonly Message[]): string {
  const known = messages.every((m) => m.cost !== undefined || m.usage === undefined)
  const usd = messages.reduce((sum, m) => sum + (m.cost?.usd ?? 0), 0)
  return known && usd > 0 ? strings.cost(formatUsd(usd)) : ''
}
