import type { Attachment, AttachmentPart, Message } from '@/wire/wire.gen'

/** Returns what goes with a question. */
export function attachedTo(message: Message): AttachmentPart[] {
  return message.parts.filter((part) => part.type === 'attachment')
}

/** Names what goes with a question, so that it goes with another wording of it. */
export function sameAttachments(message: Message): Attachment[] {
  return attachedTo(message).map((part) => ({ messageId: message.id, partId: part.id }))
}

/**
 * Returns the parts that attachments become, as the server stores them. The text of a resource
 * is not known here, which `whole` says.
 */
export function partsOf(
  attachments: readonly Attachment[],
  messages: readonly Message[],
): { parts: AttachmentPart[]; whole: boolean } {
  let whole = true
  const parts = attachments.flatMap((one, i): AttachmentPart[] => {
    const id = `a${i + 1}`
    if (one.messageId !== undefined) {
      const from = messages.find((m) => m.id === one.messageId)
      const part = from && attachedTo(from).find((p) => p.id === one.partId)
      return part ? [{ ...part, id }] : []
    }
    const { name = '', mediaType = 'text/plain', text = '', server, uri } = one
    const part: AttachmentPart = { type: 'attachment', id, filename: name, mediaType, text }
    if (server === undefined || uri === undefined) return [part]
    whole = false
    return [{ ...part, server, uri }]
  })
  return { parts, whole }
}
