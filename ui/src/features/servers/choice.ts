import { webPage } from '@/lib/url'
import type { Server } from '@/wire/wire.gen'

/**
 * A Choice is the ids of the servers that a thread uses; null is all of them, also
 * those that appear later.
 */
export type Choice = string[] | null

/** isOn tells whether a server may be used in the next turn. */
export function isOn(choice: Choice, server: Server): boolean {
  return server.status === 'ready' && isChosen(choice, server.id)
}

/** isChosen tells whether a server is switched on, be it ready or not. */
export function isChosen(choice: Choice, id: string): boolean {
  return choice === null || choice.includes(id)
}

/**
 * withServer returns the choice with one server switched on or off. Switching the
 * last one on again makes it null, so that the thread follows new servers again.
 */
export function withServer(choice: Choice, servers: readonly Server[], id: string, on: boolean): Choice {
  const ids = servers.map((server) => server.id)
  const next = ids.filter((one) => (one === id ? on : isChosen(choice, one)))
  return next.length === ids.length ? null : next
}

/** usable returns the servers that the next turn may use. */
export function usable(choice: Choice, servers: readonly Server[]): Server[] {
  return servers.filter((server) => isOn(choice, server))
}

/** toolCount counts the tools of servers. */
export function toolCount(servers: readonly Server[]): number {
  return servers.reduce((sum, server) => sum + server.tools.length, 0)
}

/**
 * connectURL is where a person grants a server access to an account of theirs:
 * Pomerium's connect page on the server's own host, which leads back here. It is
 * null for a server without an https address.
 */
export function connectURL(server: Server, back: string): string | null {
  const page = '/.pomerium/mcp/connect'
  const host = webPage(server.connectUrl ?? server.url)
  if (host?.protocol !== 'https:') return null
  const url = new URL(page, host)
  url.searchParams.set('redirect_url', back)
  return url.href
}
