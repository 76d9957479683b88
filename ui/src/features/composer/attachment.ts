import { formatSize } from '@/lib/format'
import { attachText } from '@/strings/composer-attach'
import type { Attachment, AttachLimits } from '@/wire/wire.gen'

/** What goes with the question that is being written. */
export type Attached =
  | { kind: 'text'; id: string; name: string; mediaType: string; text: string }
  | { kind: 'resource'; id: string; name: string; server: string; serverName: string; uri: string }

const utf8 = new TextEncoder()

/** Pastes from this many characters or lines on become an attachment. */
const bigFrom = { length: 4_000, lines: 40 }

/** Reports whether a paste is better read beside the question than in it. */
export function isBig(text: string): boolean {
  return text.length >= bigFrom.length || linesOf(text) >= bigFrom.lines
}

/** The number of lines of a text; a last line break ends one and begins none. */
export function linesOf(text: string): number {
  let lines = 1
  for (let i = text.indexOf('\n'); i >= 0 && i < text.length - 1; i = text.indexOf('\n', i + 1)) lines++
  return lines
}

/** The size of a text in bytes of UTF-8. */
export function bytesOf(text: string): number {
  return utf8.encode(text).length
}

/** A size in words: exact below 1 KB. */
export function sizeOf(text: string): string {
  return formatSize(bytesOf(text))
}

/** Returns a paste as an attachment, under a name that none of those has. */
export function pasted(text: string, among: readonly Attached[]): Attached {
  const taken = new Set(among.map((one) => one.name))
  let name = attachText.pasted
  for (let n = 2; taken.has(name); n++) name = attachText.pastedAgain(n)
  return { kind: 'text', id: newId(), name, mediaType: 'text/plain', text: text.replaceAll('\r\n', '\n') }
}

/** A fresh id; it only tells the attachments of one draft apart. */
export function newId(): string {
  return Math.random().toString(36).slice(2)
}

/** Returns why one more cannot be attached, in a sentence, or null. */
export function refusal(next: Attached, among: readonly Attached[], limits: AttachLimits): string | null {
  if (among.length >= limits.count) return attachText.tooMany(limits.count)
  if (next.kind === 'resource') {
    const there = among.some((a) => a.kind === 'resource' && a.server === next.server && a.uri === next.uri)
    return there ? attachText.already(next.name) : null
  }
  if (next.text.trim() === '') return attachText.empty(next.name)
  const bytes = bytesOf(next.text)
  if (bytes > limits.each) return attachText.tooLong(next.name, formatSize(bytes), formatSize(limits.each))
  const total = among.reduce((sum, a) => sum + (a.kind === 'text' ? bytesOf(a.text) : 0), bytes)
  return total > limits.total ? attachText.tooMuch(next.name, formatSize(limits.total)) : null
}

/** Returns what is attached as a request has it. */
export function toRequest(all: readonly Attached[]): Attachment[] {
  return all.map((one) =>
    one.kind === 'text'
      ? { name: one.name, mediaType: one.mediaType, text: one.text }
      : { name: one.name, server: one.server, uri: one.uri },
  )
}

/** Recognises what was stored. */
export function isAttachedList(value: unknown): value is Attached[] {
  return Array.isArray(value) && value.every(isAttached)
}

function isAttached(value: unknown): value is Attached {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false
  const has = (...names: string[]) =>
    names.every((name) => typeof Object.getOwnPropertyDescriptor(value, name)?.value === 'string')
  if (value.kind === 'text') return has('id', 'name', 'mediaType', 'text')
  return value.kind === 'resource' && has('id', 'name', 'server', 'serverName', 'uri')
}
