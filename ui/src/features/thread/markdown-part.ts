import { partOf } from '@/lib/part'
import type { Message } from '@/wire/wire.gen'
import type { Markdown } from './markdown'

/** What reads Markdown, by far the largest part of the page; null if it cannot be had. */
export const markdown = partOf<{ Markdown: typeof Markdown } | null>(() => import('./markdown'), null)

/** Tells whether there is anything in messages that has to be read as Markdown. */
export function hasProse(messages: readonly Message[]): boolean {
  return messages.some(
    (m) => m.role === 'assistant' && m.parts.some((p) => p.type === 'text' && p.text.trim() !== ''),
  )
}
