import type { Attachment, AttachmentPart, Message, ResourceList } from '../src/wire/wire.gen.ts'

/** What the fake's Northwind offers to read. */
export const resources: ResourceList = {
  resources: [
    {
      uri: 'northwind://schema',
      title: 'Database schema',
      description: 'Every table and view with columns, types, keys and row counts.',
      mediaType: 'text/plain',
      size: 4_200,
    },
  ],
  templates: [
    {
      template: 'northwind://tables/{name}',
      title: 'Table or view',
      description:
        'One table or view in detail: columns with their value ranges, keys, indexes and sample rows.',
      mediaType: 'text/plain',
    },
  ],
}

const tables: Record<string, string> = {
  'northwind://schema': 'Orders (830 rows)\nProducts (77 rows)\nCustomers (91 rows)',
  'northwind://tables/Orders': 'Orders (830 rows)\nOrderID INTEGER primary key',
}

/** Answers a request to read one of these. */
export function readResource(server: string, uri: string): Response {
  const text = tables[uri]
  if (server !== 'northwind' || text === undefined) {
    const detail = 'Northwind refused: Resource not found.'
    return Response.json(
      { title: 'No', status: 422, kind: 'invalid', detail },
      { status: 422, headers: problem },
    )
  }
  return Response.json({
    server,
    serverName: 'Northwind',
    uri,
    mediaType: 'text/plain',
    text,
    size: text.length,
  })
}

const problem = { 'Content-Type': 'application/problem+json' }

/** Stores what a request brings as the server does. */
export function partsOf(attachments: readonly Attachment[], messages: readonly Message[]): AttachmentPart[] {
  return attachments.map((one, i): AttachmentPart => {
    const id = `a${i + 1}`
    const old = messages
      .find((m) => m.id === one.messageId)
      ?.parts.find((p) => 'id' in p && p.id === one.partId)
    if (old?.type === 'attachment') return { ...old, id }
    const part: AttachmentPart = {
      type: 'attachment',
      id,
      filename: one.name ?? one.uri ?? '',
      mediaType: one.mediaType ?? 'text/plain',
      text: one.text ?? tables[one.uri ?? ''] ?? '',
    }
    if (one.server === undefined || one.uri === undefined) return part
    return { ...part, server: one.server, serverName: 'Northwind', uri: one.uri }
  })
}
