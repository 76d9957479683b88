import { text } from '@/strings/servers'
import { webPage } from '@/lib/url'
import type { Server } from '@/wire/wire.gen'

/**
 * accessRequest is a text by which an administrator finds the request that a policy refused:
 * what is asked for, by whom, and the id and time of the request. What is not known is left
 * out. Of the server's address it has the host alone.
 */
export function accessRequest(server: Server, email: string | undefined): string {
  const facts: [string, string | undefined][] = [
    [text.accessFacts.server, server.name],
    [text.accessFacts.host, webPage(server.url)?.host],
    [text.accessFacts.person, email],
    [text.accessFacts.request, server.trace?.requestId],
    [text.accessFacts.time, server.checkedAt],
  ]
  const known = facts.filter(([, value]) => value !== undefined && value !== '')
  return [text.accessAsk(server.name), '', ...known.map(([name, value]) => `${name}: ${value}`)].join('\n')
}
