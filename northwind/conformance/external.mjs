import assert from 'node:assert/strict'
import { createInterface } from 'node:readline'
import { clients } from './clients.mjs'

// Each client connects to the MCP server behind a gateway at the URL in the arguments, of which it knows nothing else:
// it finds the authorization server and registers itself. Standard output gets the URL that a person is to open, and
// standard input tells to which one the browser was sent back; in the end, what the client got.

const redirectUrl = 'http://127.0.0.1:7777/callback'
const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]()

/** Keeps what the OAuth flow needs, for one client and one person. */
class Memory {
  redirectUrl = redirectUrl
  clientMetadata = {
    client_name: 'External',
    redirect_uris: [redirectUrl],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  }
  kept = {}
  state = () => 'state-of-the-client'
  clientInformation = () => this.kept.client
  saveClientInformation = (client) => (this.kept.client = client)
  tokens = () => this.kept.tokens
  saveTokens = (tokens) => (this.kept.tokens = tokens)
  codeVerifier = () => this.kept.verifier
  saveCodeVerifier = (verifier) => (this.kept.verifier = verifier)
  discoveryState = () => this.kept.discovery
  saveDiscoveryState = (discovery) => (this.kept.discovery = discovery)
  redirectToAuthorization = (url) => (this.kept.page = url.href)
}

const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`)

const server = new URL(process.argv[2])
for (const { name, revision, make, Http } of clients) {
  const memory = new Memory()
  const transport = new Http(server, { authProvider: memory })
  await assert.rejects(make().connect(transport), /Unauthorized/)
  say({ open: memory.kept.page })
  const { value } = await answers.next()
  const back = new URL(value).searchParams
  assert.equal(back.get('state'), 'state-of-the-client')
  await transport.finishAuth(back.get('code'), back.get('iss'))

  const client = make()
  await client.connect(new Http(server, { authProvider: memory }))
  const { tools } = await client.listTools()
  const query = 'SELECT count(*) AS n FROM Orders'
  const { structuredContent } = await client.callTool({ name: 'read_query', arguments: { query } })
  const who = await client.callTool({ name: 'whoami', arguments: {} })
  say({
    client: `${name}, ${revision}`,
    tools: tools.length,
    rows: structuredContent.rows,
    who: who.content[0].text,
    refreshable: Boolean(memory.kept.tokens.refresh_token),
  })
  await client.close()
}
process.exit(0)
