import { useState } from 'react'
import { ServersPanel } from '../../src/features/servers/servers-panel.tsx'
import type { Server, Settings } from '../../src/wire/wire.gen.ts'
import { models, servers } from '../data.ts'
import { manyTools } from '../many.ts'

const now = new Date('2026-11-27T14:06:00Z')
const [northwind, handbook, github, grafana, warehouse] = servers(now) as [
  Server,
  Server,
  Server,
  Server,
  Server,
]
const { checkedAt: _, ...unchecked } = northwind
const names = (count: number) => manyTools(now, count).tools.map(({ tool }) => tool)

/** The servers and tools, in each state that they may be in. */
export const serverStates: { name: string; servers: Server[]; more?: Partial<List>; off?: string[] }[] = [
  { name: 'Servers: one of each', servers: [northwind, handbook, github, grafana, warehouse] },
  {
    name: 'Servers: ready, with a login',
    servers: [{ ...northwind, url: 'https://db.acme.com', connected: true }],
  },
  { name: 'Servers: ready, checked again', servers: [northwind], more: { checking: new Set(['northwind']) } },
  { name: 'Servers: not checked yet', servers: [{ ...unchecked, tools: [] }] },
  { name: 'Servers: needs_connect', servers: [github] },
  { name: 'Servers: no_access', servers: [grafana] },
  { name: 'Servers: no_access, no request id', servers: [{ ...grafana, trace: {} }] },
  { name: 'Servers: down', servers: [warehouse] },
  { name: 'Servers: changed tools', servers: [handbook] },
  {
    name: 'Servers: many changes',
    servers: [
      {
        ...handbook,
        changes: {
          at: now.toISOString(),
          added: ['suggest_edit'],
          changed: ['search_pages'],
          removed: names(40),
        },
      },
    ],
  },
  {
    name: 'Servers: tools off',
    servers: [northwind, handbook],
    off: ['northwind__list_tables', 'handbook__suggest_edit'],
  },
  {
    name: 'Servers: 300 tools, and more weight than is told at once',
    servers: [northwind, manyTools(now, 300)],
  },
  { name: 'Servers: no server', servers: [] },
  { name: 'Servers: loading', servers: [], more: { isPending: true } },
  { name: 'Servers: failed', servers: [], more: { isError: true } },
]

interface List {
  isPending: boolean
  isError: boolean
  checking: ReadonlySet<string>
}

/** ServerState shows the panel with servers in a state, as wide as it is beside a page or on a phone. */
export function ServerState({ state }: { state: (typeof serverStates)[number] }) {
  const [settings, setSettings] = useState<Settings>({ servers: null, toolsOff: state.off ?? [] })
  const nothing = () => undefined
  return (
    <div className="gallery__panel">
      <ServersPanel
        list={{
          servers: state.servers,
          isPending: false,
          isError: false,
          error: null,
          checking: new Set(),
          refresh: nothing,
          reconnect: nothing,
          disconnect: nothing,
          refetch: nothing,
          ...state.more,
        }}
        settings={settings}
        model={models[1]}
        mixing="ask"
        maxToolTokens={8_000}
        onSettings={setSettings}
      />
    </div>
  )
}
