import { partOf } from '@/lib/part'
import type { Message } from '@/wire/wire.gen'
import type { Markdown } from './markdown'
import { isMarkdown } from './markup'

/** What reads Markdown, by far the largest part of the page; null if it cannot be had. */
export const markdown = partOf<{ Markdown: typeof Markdown } | null>(() => import('./markdown'), null)

/** Tells whether there is anything in messages that has to be read as Markdown. */
export function hasProse(messages: readonly Message[]): boolean {
  return messages.some(({ role, parts }) =>
    parts.some((p) => p.type === 'text' && (role === 'user' ? isMarkdown(p.text) : p.text.trim() !== '')),
  )
}
