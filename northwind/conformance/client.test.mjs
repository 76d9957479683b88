import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/client/validators/ajv'
import { clients, overHttp, overStdio } from './clients.mjs'
import { startServer } from './server.mjs'

// The official clients use all that the server offers. POMCHAT names the binary, else it is bin/pomchat.
const binary = process.env.POMCHAT ?? fileURLToPath(new URL('../../bin/pomchat', import.meta.url))
const flags = ['--demo-write-tool']

/** One call of every tool, and what its structured result must say. */
const calls = {
  list_tables: {
    arguments: { include_views: false },
    says: ({ tables }) => assert.equal(tables.find(({ name }) => name === 'Orders').rows, 830),
  },
  describe_table: {
    arguments: { table_name: 'order details' },
    says: ({ name, rows, indexes }) => {
      assert.deepEqual({ name, rows }, { name: 'Order Details', rows: 2155 })
      assert.ok(Array.isArray(indexes))
    },
  },
  read_query: {
    arguments: { query: 'SELECT count(*) AS orders, ? AS note FROM Orders', params: ['Grüße'] },
    says: ({ columns, rows, row_count, truncated }) =>
      assert.deepEqual(
        { names: columns.map(({ name }) => name), rows, row_count, truncated },
        { names: ['orders', 'note'], rows: [[830, 'Grüße']], row_count: 1, truncated: false },
      ),
  },
  explain_query: {
    arguments: { query: 'SELECT * FROM Orders WHERE OrderID = 10248' },
    says: ({ summary }) => assert.match(summary, /Orders by its primary key/),
  },
  find_values: {
    arguments: { text: 'koln' },
    says: ({ matches }) =>
      assert.deepEqual(
        matches.map(({ table, column, rows }) => [table, column, rows]),
        [
          ['Orders', 'ShipCity', 10],
          ['Customers', 'City', 1],
        ],
      ),
  },
  get_query_examples: {
    arguments: { topic: 'revenue' },
    says: ({ examples }) =>
      assert.deepEqual(
        examples.map(({ topic }) => topic),
        ['revenue'],
      ),
  },
  update: {
    arguments: { query: 'DELETE FROM Orders' },
    says: (result) => assert.deepEqual(result, { demonstration: true, rows_changed: 0 }),
  },
}

let server
before(async () => {
  server = await startServer(binary, flags)
})
after(() => server?.stop())

const transports = {
  HTTP: (kind) => overHttp(kind, server.origin),
  stdio: (kind) => overStdio(kind, binary, flags),
}

for (const kind of clients) {
  for (const [transport, connect] of Object.entries(transports)) {
    describe(`${kind.name}, ${kind.revision}, ${transport}`, () => {
      let client
      let revision
      before(async () => {
        ;({ client, revision } = await connect(kind))
      })
      after(() => client?.close())

      test('is who it says', () => {
        assert.equal(client.getServerVersion().name, 'northwind')
        assert.match(client.getInstructions(), /Orders run from 1996-07-04 to 1998-05-06/)
      })

      test('speaks the revision', () => {
        assert.equal(revision, kind.revision)
      })

      test('calls every tool, whose results keep to their schemas', async () => {
        const { tools } = await client.listTools()
        assert.deepEqual(tools.map(({ name }) => name).toSorted(), Object.keys(calls).toSorted())
        for (const { name, outputSchema } of tools) {
          const result = await client.callTool({ name, arguments: calls[name].arguments })
          assert.ok(!result.isError, `${name}: ${result.content[0].text}`)
          assert.equal(result.content[0].type, 'text')
          const { valid, errorMessage } = check(outputSchema, result.structuredContent)
          assert.ok(valid, `${name}: ${errorMessage}`)
          for (const field of Object.keys(result.structuredContent)) {
            assert.ok(
              !check(outputSchema, { [field]: { of: 'another type' } }).valid,
              `${name}: any ${field} will do`,
            )
          }
          calls[name].says(result.structuredContent)
        }
      })

      test('is told how to mend a mistake', async () => {
        const { isError, content } = await client.callTool({
          name: 'read_query',
          arguments: { query: 'SELECT CompanyNme FROM Customers' },
        })
        assert.equal(isError, true)
        assert.match(content[0].text, /^no such column: CompanyNme\nDid you mean CompanyName\?/)
      })

      test('is refused a tool that does not exist', async () => {
        await assert.rejects(client.callTool({ name: 'drop_table', arguments: {} }), { code: -32602 })
      })

      test('reads the resources', async () => {
        const { resources } = await client.listResources()
        assert.deepEqual(
          resources.map(({ uri }) => uri),
          ['northwind://schema'],
        )
        const { resourceTemplates } = await client.listResourceTemplates()
        assert.deepEqual(
          resourceTemplates.map(({ uriTemplate }) => uriTemplate),
          ['northwind://tables/{name}'],
        )
        const schema = await client.readResource({ uri: 'northwind://schema' })
        assert.match(schema.contents[0].text, /Orders/)
        const table = await client.readResource({ uri: 'northwind://tables/Order%20Details' })
        assert.match(table.contents[0].text, /^table "Order Details", 2155 rows/)
        await assert.rejects(client.readResource({ uri: 'northwind://tables/Nothing' }))
      })

      test('completes names of tables and periods', async () => {
        assert.deepEqual(
          await completions(
            client,
            { type: 'ref/resource', uri: 'northwind://tables/{name}' },
            'name',
            'order d',
          ),
          ['Order Details', 'Order Details Extended'],
        )
        assert.deepEqual(
          await completions(client, { type: 'ref/prompt', name: 'analyze_sales' }, 'period', '1998-Q'),
          ['1998-Q1', '1998-Q2'],
        )
      })

      test('gets the prompts', async () => {
        const { prompts } = await client.listPrompts()
        assert.deepEqual(prompts.map(({ name }) => name).toSorted(), [
          'analyze_sales',
          'explore_database',
          'reorder',
          'sales_by_year',
          'show_tables',
          'top_customers',
        ])
        const { messages } = await client.getPrompt({
          name: 'analyze_sales',
          arguments: { period: '1997-Q2' },
        })
        assert.match(messages[0].content.text, /OrderDate >= '1997-04-01' AND OrderDate < '1997-07-01'/)
        await assert.rejects(client.getPrompt({ name: 'analyze_sales', arguments: { period: 'soon' } }), {
          code: -32602,
        })
      })
    })
  }
}

function check(schema, value) {
  return new AjvJsonSchemaValidator().getValidator(schema)(value)
}

async function completions(client, ref, name, value) {
  const { completion } = await client.complete({ ref, argument: { name, value } })
  return completion.values
}
