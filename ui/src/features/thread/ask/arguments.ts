import { sqlEntry } from '../panel/sql-tokens'

/** An argument as it is edited: a text as itself, SQL as code, anything else as JSON. */
export interface Field {
  name: string
  kind: 'text' | 'sql' | 'json'
  /** What JSON calls its value. */
  type: 'string' | 'number' | 'boolean' | 'null' | 'array' | 'object'
  text: string
}

/** Returns the arguments of a call, one field each, in their order. */
export function fieldsOf(input: unknown): Field[] {
  if (!isObject(input)) return []
  const sql = sqlEntry(input)?.[0]
  return Object.entries(input).map(([name, value]) => {
    const type = typeOf(value)
    return type === 'string' && typeof value === 'string'
      ? { name, kind: name === sql ? 'sql' : 'text', type, text: value }
      : { name, kind: 'json', type, text: jsonOf(value) }
  })
}

/** JSON this short stands in one line. */
const inOneLine = 72

function jsonOf(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length <= inOneLine ? text : JSON.stringify(value, null, 2)
}

/** What a person has made of the arguments: their texts, by name, where they differ. */
export type Draft = ReadonlyMap<string, string>

/** Returns the draft with one argument written anew; what is as it was leaves it. */
export function write(draft: Draft, field: Field, text: string): Draft {
  const next = new Map(draft)
  if (text === field.text) next.delete(field.name)
  else next.set(field.name, text)
  return next
}

/** Why a text is no argument. */
export type Mistake = 'json' | 'digits'

/** What comes of a draft: the arguments to send, absent if nothing was changed; or mistakes, by name. */
export interface Outcome {
  input: Record<string, unknown> | undefined
  mistakes: ReadonlyMap<string, Mistake>
}

/** Reads a draft. */
export function outcomeOf(fields: readonly Field[], draft: Draft): Outcome {
  const mistakes = new Map<string, Mistake>()
  const values: [string, unknown][] = []
  for (const field of fields) {
    const text = draft.get(field.name)
    const read = readField(field, text ?? field.text)
    if ('value' in read) values.push([field.name, read.value])
    else if (draft.size > 0) mistakes.set(field.name, read.mistake)
  }
  const ready = draft.size > 0 && mistakes.size === 0
  return { input: ready ? Object.fromEntries(values) : undefined, mistakes }
}

function readField({ kind }: Field, text: string): { value: unknown } | { mistake: Mistake } {
  if (kind !== 'json') return { value: text }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { mistake: 'json' }
  }
  return hasTooManyDigits(value) ? { mistake: 'digits' } : { value }
}

/** Whether a value holds a whole number that a browser rounds, so that it must not be sent back. */
export function hasTooManyDigits(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value)
  return typeof value === 'object' && value !== null && Object.values(value).some(hasTooManyDigits)
}

// What takes no room, or turns the order of what follows: a text that holds any of it
// may read as another one than it is. What joins two pictures into one is as it should be.
const unseen =
  /(?<![\p{Extended_Pictographic}\ufe0f])\u200d|(?!\u200d)\p{Cf}|[\u2028\u2029]|(?![\n\r\t])\p{Cc}/u

/** Whether a text holds characters that cannot be seen. */
export function hasUnseen(text: string): boolean {
  return unseen.test(text)
}

/** Which piece of a text was changed: what it was, what it is, and where that now begins. */
export interface Change {
  start: number
  was: string
  is: string
}

/** Returns the smallest run of whole words that differs between two texts. */
export function changeOf(before: string, after: string): Change {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start++
  let tail = 0
  while (tail < shorter - start && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  const piece = (text: string) => text.slice(start, text.length - tail)
  const inWord = (at: 0 | -1) => isWord(piece(before).at(at)) || isWord(piece(after).at(at))
  if (inWord(0)) while (start > 0 && isWord(before[start - 1])) start--
  if (inWord(-1)) while (tail > 0 && isWord(before.at(-tail))) tail--
  return { start, was: piece(before), is: piece(after) }
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}_.]/u.test(character)
}

function typeOf(value: unknown): Field['type'] {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  const type = typeof value
  return type === 'string' || type === 'number' || type === 'boolean' ? type : 'object'
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
