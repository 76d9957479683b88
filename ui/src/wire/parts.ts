import type { Message, Part } from './wire.gen'

/** Fields of T, of which some may be there and undefined. */
type Loose<T> = { [K in keyof T]?: T[K] | undefined }

/**
 * Sets optional fields the way the server's encoder writes them: an empty string
 * and a zero are left out (`omitempty`).
 */
export function set<T extends object>(base: T, fields: Loose<T>): T {
  const out = { ...base, ...fields } as Partial<T>
  for (const key in fields) {
    const value = fields[key]
    if (value === '' || value === 0 || value === undefined) delete out[key]
  }
  return out as T
}

/** Adds a part. */
export function add(m: Message, part: Part): Message {
  return { ...m, parts: [...m.parts, part] }
}

type PartOf<T extends Part['type']> = Extract<Part, { type: T }>

/** Changes the part of that id, if it is of that type; the newest is the likeliest. */
export function change<T extends Part['type']>(
  m: Message,
  type: T,
  id: string,
  next: (part: PartOf<T>) => Part,
): Message {
  const i = indexOf(m.parts, id)
  const part = m.parts[i]
  if (part?.type !== type) return m
  return { ...m, parts: m.parts.with(i, next(part as PartOf<T>)) }
}

/** The place of the part of that id, or -1. */
export function indexOf(parts: readonly Part[], id: string): number {
  return parts.findLastIndex((p) => partId(p) === id)
}

/** The id of a part, unique in its message: a call's own, or the part's. */
export function partId(part: Part): string {
  return part.type === 'dynamic-tool' ? part.toolCallId : part.id
}

/** Ends a switch over a closed set: the compiler proves that nothing arrives here. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`)
}
