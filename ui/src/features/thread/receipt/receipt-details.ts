import { strings as thread } from '@/strings/thread'
import { strings } from '@/strings/thread-receipt'
import type { Message, ToolPart } from '@/wire/wire.gen'
import { callState } from '../state/call-state'
import { astrayIn } from '../marks/figures'
import { formatDuration } from '../rows/format'
import { pausedMs, workedMs } from '../state/pauses'
import type { Reader } from '../state/reader'
import { modelFacts } from './receipt'

/** What an expanded receipt tells: a name, and sentences. */
export interface ReceiptRow {
  name: string
  lines: string[]
}

/**
 * Returns all that is known of how an answer and its continuations came about: who asked, where and
 * as whom each call ran, which model wrote it, how long that took, and what of it the data bear out.
 * Calls are numbered from callsBefore on.
 */
export function receiptRows(
  messages: readonly Message[],
  question: Message | undefined,
  callsBefore: number,
  reader: Pick<Reader, 'gateway' | 'modelLabel'>,
): ReceiptRow[] {
  const rows = strings
  return [
    { name: rows.asked, lines: [askedBy(question, reader.gateway)] },
    { name: rows.calls, lines: callLines(messages, callsBefore, reader.gateway) },
    { name: rows.model, lines: modelFacts(messages, reader.modelLabel) },
    { name: rows.time, lines: timeLines(messages) },
    { name: rows.figures, lines: figureLines(messages) },
  ]
    .map(({ name, lines }) => ({ name, lines: lines.filter((line) => line !== '') }))
    .filter(({ lines }) => lines.length > 0)
}

function askedBy(question: Message | undefined, gateway: boolean): string {
  if (!gateway) return strings.onThisMachine
  const by = question?.parts.find((p) => p.type === 'text')?.by
  if (!by) return ''
  const { name = '', email = '' } = by
  return name !== '' && email !== '' ? `${name} (${email})` : name || email
}

function callLines(messages: readonly Message[], callsBefore: number, gateway: boolean): string[] {
  const groups = new Map<string, number[]>()
  let number = callsBefore
  for (const { parts, status } of messages) {
    for (const part of parts) {
      if (part.type !== 'dynamic-tool') continue
      const where = whereOf(part, status, gateway)
      groups.set(where, [...(groups.get(where) ?? []), ++number])
    }
  }
  return [...groups].map(([where, numbers]) => strings.callsAt(numbers, where))
}

/** Says where a call ran, for whom, and by whose hands; or why it did not. */
function whereOf(part: ToolPart, status: Message['status'], gateway: boolean): string {
  const { tool, providerExecuted = false, as = '' } = part
  const state = callState(part, status)
  if (state === 'denied') return strings.notAllowed
  if (tool.server === '') {
    if (providerExecuted) return strings.byProvider
    return tool.serverName === '' ? strings.noSuchTool : strings.within(tool.serverName)
  }
  if (state === 'blocked') return strings.blocked(tool.serverName, as)
  return strings.onServer(tool.serverName, gateway ? as : strings.onThisMachine, gateway, providerExecuted)
}

function timeLines(messages: readonly Message[]): string[] {
  const now = Date.now()
  const sum = (of: (m: Message, until: number) => number) => messages.reduce((n, m) => n + of(m, now), 0)
  const [worked, paused] = [sum(workedMs), sum(pausedMs)]
  return [
    worked > 0 ? strings.worked(formatDuration(worked)) : '',
    paused > 0 ? strings.waited(formatDuration(paused)) : '',
  ]
}

function figureLines(messages: readonly Message[]): string[] {
  const checked = messages.flatMap((m) => m.grounding ?? [])
  const calls = messages.some((m) => m.parts.some((p) => p.type === 'dynamic-tool'))
  if (checked.length === 0) return calls ? [strings.nothingChecked] : []
  const marks = checked.flatMap(({ report }) => report.marks ?? [])
  const found = marks.filter((m) => m.kind !== 'given' && (m.sources ?? []).length > 0)
  const weak = found.filter((m) => m.weak && !m.astray)
  const astray = checked.flatMap(astrayIn)
  const missing = [...new Set(checked.flatMap(({ report }) => report.notFound ?? []).map((f) => f.text))]
  const right = found.length - weak.length - astray.length
  return [
    right > 0 ? strings.found(right) : '',
    weak.length > 0 ? strings.perhaps(weak.map((m) => m.text)) : '',
    astray.length > 0 ? strings.astray(astray.map((m) => m.text)) : '',
    missing.length > 0 ? thread.notInData(missing) : '',
    checked.some(({ report }) => report.partial) ? strings.partial : '',
  ]
}
