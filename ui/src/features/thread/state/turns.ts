import type { FilePart, Message, Part, ReasoningPart, TextPart, ToolPart } from '@/wire/wire.gen'

/** A question with its answer, as one report. */
export interface Turn {
  key: string
  question: Message | undefined
  /** The answer, and those that went on where the one before was cut off. */
  answers: Stretch[]
}

/** An answer, or the continuation of one. */
export interface Stretch {
  message: Message
  /** How many calls there are before it in the thread: its first call is numbered one more. */
  callsBefore: number
}

/** A call with its number in the thread, by which text and tables refer to it. */
export interface NumberedCall {
  number: number
  part: ToolPart
}

/** A piece of an answer: prose, an interim note, a refusal, reasoning, files, or calls without anything in between. */
export type Segment =
  | { kind: 'text' | 'commentary' | 'refusal'; key: string; part: TextPart }
  | { kind: 'thought'; key: string; parts: ReasoningPart[] }
  | { kind: 'files'; key: string; parts: FilePart[] }
  | { kind: 'ledger'; key: string; calls: NumberedCall[] }

/**
 * Returns the turns of a path. Calls are counted through the whole path. An answer
 * after an answer continues it, and stands in the same turn.
 */
export function turnsOf(path: readonly Message[]): Turn[] {
  const turns: Turn[] = []
  let calls = 0
  for (const m of path) {
    const last = turns.at(-1)
    const stretch = { message: m, callsBefore: calls }
    if (m.role === 'user') turns.push({ key: m.id, question: m, answers: [] })
    else if (last) last.answers.push(stretch)
    else turns.push({ key: m.id, question: undefined, answers: [stretch] })
    calls += m.parts.filter((p) => p.type === 'dynamic-tool').length
  }
  return turns
}

/**
 * Returns the segments of an answer in the order in which they happened. Parts
 * that show nothing (empty text, reasoning without a summary) are left out, and
 * so do not tear a ledger apart; nor do files, which stand after the calls that made
 * them. Sources stand at the foot, and what was attached with the question.
 */
export function segmentsOf(parts: readonly Part[], callsBefore: number): Segment[] {
  const segments: Segment[] = []
  let files: FilePart[] = []
  let number = callsBefore
  const putFiles = () => {
    const [first] = files
    if (first) segments.push({ kind: 'files', key: first.id, parts: files })
    files = []
  }
  for (const part of parts) {
    if (part.type === 'dynamic-tool') {
      const call = { number: ++number, part }
      const last = segments.at(-1)
      if (last?.kind === 'ledger') last.calls.push(call)
      else segments.push({ kind: 'ledger', key: part.toolCallId, calls: [call] })
    } else if (part.type === 'file') {
      files.push(part)
    } else if (part.type === 'source-url' || part.type === 'attachment' || part.text.trim() === '') {
      continue
    } else {
      putFiles()
      const last = segments.at(-1)
      if (part.type === 'text') segments.push({ kind: part.kind ?? 'text', key: part.id, part })
      else if (last?.kind === 'thought') last.parts.push(part)
      else segments.push({ kind: 'thought', key: part.id, parts: [part] })
    }
  }
  putFiles()
  return segments
}

/** Returns how long a call took, in milliseconds: the wire leaves out a zero. Undefined is unknown. */
export function tookOf(part: ToolPart): number | undefined {
  return part.durationMs ?? (part.state === 'output-available' ? 0 : undefined)
}

/** Returns the text of a message, its parts joined by blank lines, as it is copied: without interim notes. */
export function textOf(message: Message): string {
  return message.parts
    .flatMap((p) =>
      p.type === 'text' && p.kind !== 'commentary' && p.text.trim() !== '' ? [p.text.trim()] : [],
    )
    .join('\n\n')
}
