import { formatExact, readNumber as numberOf } from '@/lib/number'

/** What a server asks for in one field of its form. */
export interface FormField {
  name: string
  title: string
  description: string | undefined
  required: boolean
  /** `choice` is one of the options, `choices` any of them, `json` what no form is known for. */
  kind: 'text' | 'number' | 'integer' | 'boolean' | 'choice' | 'choices' | 'json'
  format: 'email' | 'uri' | 'date' | 'date-time' | undefined
  options: readonly { value: string; title: string }[]
  /** Limits of a number's value, of a text's length or of how many options. */
  min: number | undefined
  max: number | undefined
  pattern: string | undefined
  initial: Entry
}

/** What stands in a field: a text, a tick, or the ticked options. */
export type Entry = string | boolean | readonly string[]

/**
 * Returns the fields of a flat JSON Schema, as MCP restricts the schemas of elicitation
 * (2025-11-25, client/elicitation): texts, numbers, booleans and enums, single or multiple.
 */
export function formOf(schema: unknown): FormField[] {
  if (!isObject(schema) || !isObject(schema['properties'])) return []
  const required = new Set(listOf(schema['required']))
  return Object.entries(schema['properties']).map(([name, property]) =>
    fieldOf(name, isObject(property) ? property : {}, required.has(name)),
  )
}

type Obj = Record<string, unknown>

function fieldOf(name: string, p: Obj, required: boolean): FormField {
  const title = stringIn(p, 'title') ?? name
  const common = { name, title, description: stringIn(p, 'description'), required, pattern: undefined }
  const bounds = (min: string, max: string) => ({ min: numberIn(p, min), max: numberIn(p, max) })
  const none = { min: undefined, max: undefined, format: undefined, options: [] }
  const given = p['default']
  switch (p['type']) {
    case 'boolean':
      return { ...common, ...none, kind: 'boolean', initial: given === true }
    case 'number':
    case 'integer':
      return {
        ...common,
        ...none,
        ...bounds('minimum', 'maximum'),
        kind: p['type'],
        initial: typeof given === 'number' ? formatExact(given) : '',
      }
    case 'array': {
      const options = optionsOf(isObject(p['items']) ? p['items'] : {})
      if (options.length === 0) break
      return {
        ...common,
        ...none,
        ...bounds('minItems', 'maxItems'),
        kind: 'choices',
        options,
        initial: listOf(given),
      }
    }
    case 'string': {
      const options = optionsOf(p)
      const initial = typeof given === 'string' ? given : ''
      if (options.length > 0) return { ...common, ...none, kind: 'choice', options, initial }
      return {
        ...common,
        ...none,
        ...bounds('minLength', 'maxLength'),
        kind: 'text',
        format: formats.find((f) => f === p['format']),
        pattern: stringIn(p, 'pattern'),
        initial,
      }
    }
  }
  return { ...common, ...none, kind: 'json', initial: given === undefined ? '' : JSON.stringify(given) }
}

const formats = ['email', 'uri', 'date', 'date-time'] as const

/** Options stand as enum, with or without enumNames, or as constants with titles. */
function optionsOf(p: Obj): FormField['options'] {
  const titled = [p['oneOf'], p['anyOf']].find(Array.isArray)
  if (titled) {
    return titled.flatMap((one: unknown) => {
      const value = isObject(one) ? stringIn(one, 'const') : undefined
      return value === undefined || !isObject(one) ? [] : [{ value, title: stringIn(one, 'title') ?? value }]
    })
  }
  const names = listOf(p['enumNames'])
  return listOf(p['enum']).map((value, i) => ({ value, title: names[i] ?? value }))
}

/** What is wrong with an entry. */
export type FormMistake =
  | 'required'
  | 'number'
  | 'integer'
  | 'low'
  | 'high'
  | 'short'
  | 'long'
  | 'email'
  | 'uri'
  | 'date'
  | 'pattern'
  | 'few'
  | 'many'
  | 'json'

/** What has been entered, by the names of the fields; what is missing is as it was given. */
export type Entries = ReadonlyMap<string, Entry>

/** Returns what the form says, without the fields that were left empty, and what is wrong with which. */
export function contentOf(fields: readonly FormField[], entries: Entries) {
  const values: [string, unknown][] = []
  const mistakes = new Map<string, FormMistake>()
  for (const field of fields) {
    const entry = entries.get(field.name) ?? field.initial
    if (typeof entry === 'string' && entry.trim() === '') {
      if (field.required) mistakes.set(field.name, 'required')
      continue
    }
    const read = typeof entry === 'string' ? readText(field, entry) : readOther(field, entry)
    if (typeof read === 'string') mistakes.set(field.name, read)
    else if (read) values.push([field.name, read.value])
  }
  return { content: Object.fromEntries(values), mistakes }
}

type Read = { value: unknown } | FormMistake | undefined

function readOther(
  { required, min = 0, max = Infinity }: FormField,
  entry: boolean | readonly string[],
): Read {
  if (typeof entry === 'boolean') return { value: entry }
  if (entry.length === 0 && !required && min === 0) return undefined
  if (entry.length < Math.max(min, required ? 1 : 0)) return min > 1 ? 'few' : 'required'
  return entry.length > max ? 'many' : { value: entry }
}

function readText(field: FormField, text: string): Read {
  switch (field.kind) {
    case 'number':
    case 'integer':
      return readNumber(field, text)
    case 'json':
      try {
        return { value: JSON.parse(text) }
      } catch {
        return 'json'
      }
    case 'choice':
      return field.options.some((o) => o.value === text) ? { value: text } : 'required'
    default:
      return readString(field, text)
  }
}

function readNumber({ kind, min = -Infinity, max = Infinity }: FormField, text: string): Read {
  const value = numberOf(text)
  if (!Number.isFinite(value)) return 'number'
  if (kind === 'integer' && !Number.isSafeInteger(value)) return 'integer'
  if (value < min) return 'low'
  return value > max ? 'high' : { value }
}

function readString({ format, min = 0, max = Infinity, pattern }: FormField, text: string): Read {
  const length = [...text].length
  if (length < min) return 'short'
  if (length > max) return 'long'
  if (format === 'email' && !/^[^\s@]+@[^\s@]+$/.test(text)) return 'email'
  if (format === 'uri' && !URL.canParse(text)) return 'uri'
  if (format === 'date' && !/^\d{4}-\d{2}-\d{2}$/.test(text)) return 'date'
  if (format === 'date-time') {
    const at = new Date(text)
    return Number.isNaN(at.getTime()) ? 'date' : { value: at.toISOString() }
  }
  return pattern !== undefined && !matches(pattern, text) ? 'pattern' : { value: text }
}

/** A pattern that is none, or a long text, which a pattern could take for ever with, is left to the server. */
function matches(pattern: string, text: string): boolean {
  if (text.length > 200 || pattern.length > 200) return true
  try {
    return new RegExp(pattern, 'u').test(text)
  } catch {
    return true
  }
}

function isObject(value: unknown): value is Obj {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((v): v is string => typeof v === 'string') : []
}

function stringIn(p: Obj, name: string): string | undefined {
  const value = p[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

function numberIn(p: Obj, name: string): number | undefined {
  const value = p[name]
  return typeof value === 'number' ? value : undefined
}
