import type { Message, TextPart } from '@/wire/wire.gen'

/**
 * Returns the text of an answer as it is copied: without interim notes, and without what means
 * something on this page alone, the places that its author cites and links into a program's place.
 */
export function copiedText(message: Message): string {
  return message.parts
    .filter((p): p is TextPart => p.type === 'text' && p.kind !== 'commentary' && p.text.trim() !== '')
    .map((part) => withoutSandbox(withoutCitations(part, message)).trim())
    .join('\n\n')
}

function withoutCitations({ id, text }: TextPart, { grounding }: Message): string {
  const citations = grounding?.find((g) => g.textId === id)?.report.citations ?? []
  let out = ''
  let from = 0
  for (const { start, end } of citations.toSorted((a, b) => a.start - b.start)) {
    if (start < from) continue
    const spaced = text[start - 1] === ' '
    out += text.slice(from, spaced ? start - 1 : start)
    from = end
  }
  return out + text.slice(from)
}

/** A link or picture into the place where a program ran: its words stay. */
function withoutSandbox(text: string): string {
  return text.replaceAll(/!?\[([^\]]*)\]\(sandbox:[^)\s]*\)/g, '$1')
}
