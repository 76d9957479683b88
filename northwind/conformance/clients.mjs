import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { Client as Client1 } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport as StdioClientTransport1 } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport as StreamableHTTPClientTransport1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { plainEnvironment } from './server.mjs'

const me = { name: 'northwind-conformance', version: '1' }

/**
 * The official TypeScript clients in use: both major versions, and of the newer one also the revision of MCP that it
 * speaks only if told to. Each says what it is to negotiate.
 */
export const clients = [
  {
    name: '@modelcontextprotocol/sdk',
    revision: '2025-11-25',
    make: () => new Client1(me),
    Http: StreamableHTTPClientTransport1,
    Stdio: StdioClientTransport1,
  },
  {
    name: '@modelcontextprotocol/client',
    revision: '2025-11-25',
    make: () => new Client(me),
    Http: StreamableHTTPClientTransport,
    Stdio: StdioClientTransport,
  },
  {
    name: '@modelcontextprotocol/client',
    revision: '2026-07-28',
    make: () => new Client(me, { versionNegotiation: { mode: { pin: '2026-07-28' } } }),
    Http: StreamableHTTPClientTransport,
    Stdio: StdioClientTransport,
  },
]

/**
 * Connects over Streamable HTTP to a server that runs.
 *
 * @returns what connect returns
 */
export function overHttp({ make, Http }, origin) {
  return connect(make(), new Http(new URL('/mcp', origin)))
}

/**
 * Connects over standard input and output to a server of its own, which ends with the client.
 *
 * @returns what connect returns
 */
export function overStdio({ make, Stdio }, binary, flags) {
  const args = ['--log-level=error', 'northwind-mcp', '--stdio', ...flags]
  return connect(make(), new Stdio({ command: binary, args, env: plainEnvironment(), stderr: 'inherit' }))
}

/** Returns the connected client with the revision on which it agreed with the server, which clients tell transports. */
async function connect(client, transport) {
  let revision
  const told = transport.setProtocolVersion?.bind(transport)
  transport.setProtocolVersion = (version) => {
    revision = version
    told?.(version)
  }
  await client.connect(transport)
  return { client, revision }
}
