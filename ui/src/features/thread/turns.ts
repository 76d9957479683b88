import type { Message, Part, ReasoningPart, TextPart, ToolPart } from '@/wire/wire.gen'

/** A question with its answer, as one report. */
export interface Turn {
  key: string
  question: Message | undefined
  answer: Message | undefined
  /** How many calls the turns before this one hold: its first call is numbered one more. */
  callsBefore: number
}

/** A call with its number in the thread, by which text and tables refer to it. */
export interface NumberedCall {
  number: number
  part: ToolPart
}

/** A stretch of an answer: prose, reasoning, or calls without anything in between. */
export type Segment =
  | { kind: 'text'; key: string; part: TextPart }
  | { kind: 'thought'; key: string; parts: ReasoningPart[] }
  | { kind: 'ledger'; key: string; calls: NumberedCall[] }

/** Returns the turns of a path. Calls are counted through the whole path. */
export function turnsOf(path: readonly Message[]): Turn[] {
  const turns: Turn[] = []
  let calls = 0
  for (const m of path) {
    const last = turns.at(-1)
    if (m.role === 'assistant' && last && !last.answer) {
      last.answer = m
    } else {
      const question = m.role === 'user' ? m : undefined
      turns.push({ key: m.id, question, answer: question ? undefined : m, callsBefore: calls })
    }
    calls += m.parts.filter((p) => p.type === 'dynamic-tool').length
  }
  return turns
}

/**
 * Returns the segments of an answer in the order in which they happened. Parts
 * that show nothing (empty text, reasoning without a summary) are left out, and
 * so do not tear a ledger apart.
 */
export function segmentsOf(parts: readonly Part[], callsBefore: number): Segment[] {
  const segments: Segment[] = []
  let number = callsBefore
  for (const part of parts) {
    const last = segments.at(-1)
    if (part.type === 'dynamic-tool') {
      const call = { number: ++number, part }
      if (last?.kind === 'ledger') last.calls.push(call)
      else segments.push({ kind: 'ledger', key: part.toolCallId, calls: [call] })
    } else if (part.type === 'source-url' || part.type === 'file' || part.text.trim() === '') {
      continue
    } else if (part.type === 'text') {
      segments.push({ kind: 'text', key: part.id, part })
    } else if (last?.kind === 'thought') {
      last.parts.push(part)
    } else {
      segments.push({ kind: 'thought', key: part.id, parts: [part] })
    }
  }
  return segments
}

/** Returns how long a call took, in milliseconds: the wire leaves out a zero. Undefined is unknown. */
export function tookOf(part: ToolPart): number | undefined {
  return part.durationMs ?? (part.state === 'output-available' ? 0 : undefined)
}

/** Returns the text of a message, its parts joined by blank lines, as it is copied. */
export function textOf(message: Message): string {
  return message.parts
    .flatMap((p) => (p.type === 'text' && p.text.trim() !== '' ? [p.text.trim()] : []))
    .join('\n\n')
}
