import type { Server } from '../src/wire/wire.gen.ts'
import { servers, tool } from './data.ts'

const things = ['issue', 'branch', 'release', 'pull_request', 'workflow', 'label', 'milestone', 'review']
const deeds = ['list', 'get', 'create', 'update', 'delete', 'search', 'watch', 'export', 'import', 'archive']

/** A server with so many tools, some of which write, and all of which say much of themselves. */
export function manyTools(now: Date, count: number): Server {
  const [first] = servers(now)
  if (first === undefined) throw new Error('there is no server')
  const tools = Array.from({ length: count }, (_, i) => {
    const thing = things[i % things.length]
    const deed = deeds[Math.floor(i / things.length) % deeds.length] ?? 'do'
    const name = [
      deed,
      thing,
      ...(i >= things.length * deeds.length ? [`v${Math.floor(i / 80) + 1}`] : []),
    ].join('_')
    const about = `${deed} each ${thing} of a repository that you may see, page by page, with all of its fields. `
    return tool('forge', name, about.repeat(3).trim(), !/create|update|delete|import|archive/.test(deed))
  })
  return {
    ...first,
    id: 'forge',
    name: 'Forge',
    description: 'Everything about code.',
    url: 'https://forge.acme.com/mcp',
    prompts: false,
    tools,
  }
}
