import type { ToolPart } from '@/wire/wire.gen'

/** Who carries a call out: an MCP server, the model's provider, pomchat itself, or nobody. */
export type Carrier = 'server' | 'provider' | 'pomchat' | 'nobody'

/**
 * Returns who carries a call out. A server is reached through the gateway, if there is one, by
 * pomchat or by the provider; the provider's own tools and pomchat's have a name, but no server.
 */
export function carrierOf({ tool, providerExecuted }: Pick<ToolPart, 'tool' | 'providerExecuted'>): Carrier {
  if (tool.server !== '') return 'server'
  if (providerExecuted) return 'provider'
  return tool.serverName === '' ? 'nobody' : 'pomchat'
}
