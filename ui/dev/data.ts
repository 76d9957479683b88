import type {
  Grant,
  Me,
  Message,
  ModelInfo,
  PromptList,
  Server,
  Tool,
  ToolPart,
  ToolRef,
} from '../src/wire/wire.gen.ts'

/** Who uses the fake server. */
export const me: Me = {
  mode: 'gateway',
  user: { id: 'u1', name: 'Dana Okafor', email: 'dana.okafor@acme.com' },
  version: 'dev',
  maxText: 256 * 1024,
  attach: { count: 10, each: 256 * 1024, total: 512 * 1024 },
  maxToolTokens: 1_000,
  mixing: 'ask',
}

/** The fake server's models. */
export const models: ModelInfo[] = [
  {
    id: 'gpt-5.1',
    label: 'gpt-5.1',
    provider: 'OpenAI',
    default: true,
    contextTokens: 400_000,
    price: { input: 1.25, cached: 0.125, output: 10 },
    hosted: ['web_search', 'code_interpreter'],
  },
  {
    id: 'gpt-5-mini',
    label: 'gpt-5-mini',
    provider: 'OpenAI',
    default: false,
    contextTokens: 400_000,
    price: { input: 0.25, cached: 0.025, output: 2 },
    note: 'Faster, for short answers',
  },
  {
    id: 'guide',
    label: 'Guide',
    provider: 'Built in',
    default: false,
    note: 'No AI: plans SQL from a small grammar',
  },
]

/** A tool of a server. */
export const tool = (server: string, name: string, description: string, readOnly = true): Tool => ({
  name: `${server}__${name}`,
  tool: name,
  title: name.replaceAll('_', ' '),
  description,
  readOnly,
  asks: !readOnly,
  tokens: Math.ceil((name.length + description.length) / 4) + 40,
})

/** The prompts of servers, by their ids. */
export const prompts: Record<string, PromptList> = {
  northwind: {
    completes: true,
    prompts: [
      {
        name: 'analyze_sales',
        title: 'Analyze sales',
        description: 'Revenue, its trend, the best customers, products and employees of a period.',
        arguments: [
          {
            name: 'period',
            title: 'Period',
            description: 'A year, quarter or month: 1997, 1997-Q2 or 1997-05. All if left out.',
          },
        ],
      },
      {
        name: 'explore_database',
        title: 'Explore the database',
        description: 'What the database holds and which questions it can answer.',
        arguments: [],
      },
      {
        name: 'reorder',
        title: 'Products to reorder',
        description: 'The products of which less is left than their reorder level.',
        arguments: [],
        question: 'Which products are below their reorder level?',
      },
      {
        name: 'sales_by_year',
        title: 'Sales by year',
        description: 'What was sold in each year.',
        arguments: [],
        question: 'What were our sales by year?',
      },
      {
        name: 'show_tables',
        title: 'Show tables',
        description: 'The tables and how many rows they have.',
        arguments: [],
        question: 'Show tables',
      },
      {
        name: 'top_customers',
        title: 'Top customers',
        description: 'The five customers who bought for the most.',
        arguments: [{ name: 'year', title: 'Year', description: 'A year such as 1997. All if left out.' }],
        question: 'Top 5 customers by sales',
      },
    ],
  },
  handbook: {
    completes: false,
    prompts: [
      {
        name: 'onboard',
        title: 'Plan the first week of a colleague',
        arguments: [
          { name: 'name', title: 'Name', required: true },
          { name: 'team', title: 'Team', description: 'As the handbook calls it.', required: true },
          { name: 'tone' },
        ],
      },
    ],
  },
}

/** The periods that Northwind knows. */
export const periods = ['1996', '1997', '1998'].flatMap((year) => [
  year,
  ...['Q1', 'Q2', 'Q3', 'Q4'].map((quarter) => `${year}-${quarter}`),
])

/** One server for each status. */
export function servers(now: Date): Server[] {
  const checkedAt = now.toISOString()
  return [
    {
      id: 'northwind',
      name: 'Northwind',
      description: 'A trading company’s orders, products and customers, 1996 to 1998.',
      url: '',
      status: 'ready',
      trusted: true,
      prompts: true,
      checkedAt,
      tools: [
        tool(
          'northwind',
          'read_query',
          'Runs one SELECT statement and returns its rows, at most 500 at a time.',
        ),
        tool('northwind', 'list_tables', 'Lists the tables with their row counts.'),
        tool('northwind', 'describe_table', 'Describes the columns, keys and a few rows of a table.'),
      ],
    },
    {
      id: 'handbook',
      name: 'Handbook',
      description: 'The company handbook.',
      url: 'https://handbook.acme.com/mcp',
      status: 'ready',
      trusted: false,
      remote: true,
      prompts: true,
      changes: {
        at: new Date(now.getTime() - 50 * 3_600_000).toISOString(),
        added: ['suggest_edit'],
        changed: ['search_pages'],
        removed: [],
      },
      checkedAt,
      tools: [
        tool('handbook', 'search_pages', 'Finds pages by words.'),
        tool('handbook', 'suggest_edit', 'Opens a suggestion on a page.', false),
      ],
    },
    {
      id: 'github',
      name: 'GitHub',
      description: 'Repositories, issues and pull requests.',
      url: 'https://github.acme.com/mcp',
      status: 'needs_connect',
      trusted: true,
      checkedAt,
      tools: [],
      error: 'GitHub wants you to connect your own account first.',
    },
    {
      id: 'grafana',
      name: 'Grafana',
      description: 'Dashboards and alerts.',
      url: 'https://grafana.acme.com/mcp',
      status: 'no_access',
      trusted: true,
      checkedAt,
      tools: [],
      since: new Date(now.getTime() - 26 * 3_600_000).toISOString(),
      trace: { requestId: '8c41f0a2-77d1' },
      error: 'The policy of this route does not let you in.',
    },
    {
      id: 'warehouse',
      name: 'Warehouse',
      description: 'Stock levels.',
      url: 'https://warehouse.acme.com/mcp',
      status: 'down',
      trusted: true,
      checkedAt,
      tools: [],
      since: new Date(now.getTime() - 14 * 60_000).toISOString(),
      error: 'It answered with status 502.',
    },
  ]
}

/** What was approved for longer, in threads of the scenes and in all. */
export function grants(now: Date): Grant[] {
  const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString()
  return [
    {
      id: 'grt_1',
      scope: 'thread',
      threadId: 'thr_2',
      server: 'northwind',
      serverName: 'Northwind',
      tool: 'write_query',
      at: ago(0.4),
    },
    {
      id: 'grt_2',
      scope: 'always',
      server: 'handbook',
      serverName: 'Handbook',
      serverUrl: 'https://handbook.acme.com/mcp',
      tool: 'suggest_edit',
      at: ago(50),
    },
  ]
}

const ref: ToolRef = {
  name: 'northwind__read_query',
  server: 'northwind',
  serverName: 'Northwind',
  tool: 'read_query',
  title: 'Read query',
}

/** The call that answers every question of the fake server. */
export const call: ToolPart = {
  type: 'dynamic-tool',
  toolCallId: 'call_1',
  step: 1,
  tool: ref,
  state: 'output-available',
  as: me.user.email,
  input: {
    sql: 'SELECT c.CategoryName AS category,\n       ROUND(SUM(d.UnitPrice * d.Quantity * (1 - d.Discount)), 2) AS revenue\nFROM "Order Details" d\nJOIN Products p USING (ProductID)\nJOIN Categories c USING (CategoryID)\nGROUP BY category\nORDER BY revenue DESC',
  },
  output: {
    isError: false,
    rowCount: 8,
    text: '8 rows',
    structured: {
      columns: [
        { name: 'category', type: 'TEXT' },
        { name: 'revenue', type: 'REAL' },
      ],
      rows: [
        ['Beverages', 267868.18],
        ['Dairy Products', 234507.29],
        ['Confections', 167357.22],
        ['Meat/Poultry', 163022.36],
        ['Seafood', 131261.74],
        ['Condiments', 106047.09],
        ['Produce', 99984.58],
        ['Grains/Cereals', 95744.59],
      ],
      row_count: 8,
      total_rows: 8,
      total_is_exact: true,
      truncated: false,
      elapsed_ms: 31,
    },
  },
  durationMs: 31,
}

/** A result of which a message holds only the beginning. */
export const orders = {
  columns: [{ name: 'OrderID' }, { name: 'Customer' }, { name: 'Freight' }],
  rows: Array.from({ length: 830 }, (_, i) => [
    10248 + i,
    ['Vins et alcools Chevalier', 'Toms Spezialitäten', 'Hanari Carnes', 'QUICK-Stop'][(i * 7) % 4],
    i === 829 ? 8.53 : Math.round(((i * 7919) % 100_000) / 10) / 10,
  ]),
}

/** The prose that follows the call. */
export const prose =
  'Three of eight categories make half of the revenue: **Beverages** 267,868.18, **Dairy Products** 234,507.29 and **Confections** 167,357.22, together 52.9 %. The smallest, Grains/Cereals, still brings 95,744.59.\n\n### What stands out\n\n- Beverages lead because of one product, *Côte de Blaye*.\n- The gap between first and last is a factor of 2.8.'

/** Prose that is hard to set: tags, long lines of code, and a table of a text beside a word without end. */
export const hardProse = `Use <details> with care:

<details open>
  <summary>More</summary>
</details>

\`\`\`sql
SELECT c.CategoryName AS category, ROUND(SUM(d.UnitPrice * d.Quantity * (1 - d.Discount)), 2) AS revenue FROM "Order Details" d JOIN Products p USING (ProductID)
\`\`\`

\`\`\`
A line without a language that is long enough to reach from one side of the widest page to the other, and on beyond it, and on
\`\`\`

| text | k | nospace |
|---|---|---|
| ${'long text '.repeat(30)}| x | ${'W'.repeat(200)} |
`

/** exchange returns a question and its finished answer. */
export function exchange(
  id: string,
  parentId: string,
  question: string,
  at: Date,
  text = prose,
): [Message, Message] {
  const createdAt = at.toISOString()
  const endedAt = new Date(at.getTime() + 2400).toISOString()
  return [
    {
      id: `${id}-q`,
      parentId,
      role: 'user',
      status: 'finished',
      createdAt,
      parts: [
        {
          type: 'text',
          id: `${id}-qt`,
          step: 0,
          text: question,
          state: 'done',
          by: { name: me.user.name, email: me.user.email },
        },
      ],
    },
    {
      id: `${id}-a`,
      parentId: `${id}-q`,
      role: 'assistant',
      status: 'finished',
      createdAt,
      endedAt,
      runId: `${id}-run`,
      model: 'gpt-5.1',
      steps: 2,
      finishReason: 'stop',
      usage: {
        inputTokens: 18_400,
        cachedTokens: 10_240,
        outputTokens: 2_120,
        reasoningTokens: 640,
        toolTokens: 6_900,
        contextTokens: 11_320,
      },
      cost: { usd: 0.0327 },
      parts: [
        { ...call, toolCallId: `${id}-call`, startedAt: createdAt },
        { type: 'text', id: `${id}-at`, step: 2, text, state: 'done' },
      ],
    },
  ]
}
