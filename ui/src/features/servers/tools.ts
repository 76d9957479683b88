import type { Server, Tool, ToolChanges } from '@/wire/wire.gen'
import { isOn, type Choice } from './choice'

/** What a thread has switched on and off, as far as it is about servers and tools. */
export type ToolChoice = { servers: Choice; toolsOff?: string[] }

/** toolsOn returns the tools of a server that are not switched off one by one. */
export function toolsOn(server: Server, { toolsOff = [] }: ToolChoice): Tool[] {
  return server.tools.filter((tool) => !toolsOff.includes(tool.name))
}

/** withTool returns the names of the tools that are off, with one switched on or off. */
export function withTool({ toolsOff = [] }: ToolChoice, name: string, on: boolean): string[] {
  const others = toolsOff.filter((one) => one !== name)
  return on ? others : [...others, name]
}

/** tokensOf sums up what the descriptions of tools cost in each request, about. */
export function tokensOf(tools: readonly Tool[]): number {
  return tools.reduce((sum, tool) => sum + tool.tokens, 0)
}

/** A Share is what the tools of one server weigh in each request. */
export type Share = { server: Server; tokens: number }

/** offered returns what is offered to the model: how many tools, and the weight of each server's. */
export function offered(servers: readonly Server[], choice: ToolChoice): { tools: number; shares: Share[] } {
  const on = servers.filter((server) => isOn(choice.servers, server))
  const shares = on.map((server) => ({ server, tokens: tokensOf(toolsOn(server, choice)) }))
  return {
    tools: on.reduce((sum, server) => sum + toolsOn(server, choice).length, 0),
    shares: shares.filter(({ tokens }) => tokens > 0),
  }
}

/** changesOf lists in which ways the tools of a server are others than before. */
export function changesOf({
  added,
  changed,
  removed,
}: ToolChanges): ['added' | 'changed' | 'removed', string[]][] {
  const all: ['added' | 'changed' | 'removed', string[]][] = [
    ['added', added],
    ['changed', changed],
    ['removed', removed],
  ]
  return all.filter(([, names]) => names.length > 0)
}

/** changeOf returns in which way a tool is another than before, if it is. */
export function changeOf({ changes }: Server, { tool }: Tool): 'added' | 'changed' | undefined {
  if (changes?.added.includes(tool)) return 'added'
  return changes?.changed.includes(tool) ? 'changed' : undefined
}

/** matching returns the tools whose name, title or description has all words, in any case. */
export function matching(tools: readonly Tool[], words: string): Tool[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  return tools.filter(({ tool, title, description }) => {
    const about = `${tool} ${title} ${description}`.toLowerCase()
    return wanted.every((word) => about.includes(word))
  })
}
