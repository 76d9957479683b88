import type { PromptGroup } from '@/lib/prompts'
import { text } from '@/strings/servers'
import type { Server, ServerPrompt } from '@/wire/wire.gen'

/** Something to begin with at one press: a question that is asked, or a prompt that comes into the field. */
export type Suggestion =
  { kind: 'question'; question: string; prompt?: string } | { kind: 'prompt'; prompt: ServerPrompt }

/** What a server suggests, and how many of its prompts are not shown. */
export type Suggestions = { rows: Suggestion[]; more: number }

const mostRows = 6
const nothing: Suggestions = { rows: [], more: 0 }

/**
 * suggestionsFor returns what a server itself offers to begin with: the plain questions among
 * its prompts, then the others. A model that only answers plain questions, plain, is given
 * those of the server that it knows. Of a server without prompts one can ask what it offers.
 */
export function suggestionsFor(server: Server, group: PromptGroup | undefined, plain: boolean): Suggestions {
  if (server.status !== 'ready' || (plain && !isNorthwind(server))) return nothing
  const prompts = group?.prompts ?? []
  const questions = prompts.flatMap((prompt): Suggestion[] =>
    prompt.question === undefined
      ? []
      : [{ kind: 'question', question: prompt.question, prompt: prompt.name }],
  )
  const others = prompts.filter((prompt) => prompt.question === undefined)
  const rows = plain
    ? questions
    : [...questions, ...others.map((prompt): Suggestion => ({ kind: 'prompt', prompt }))]
  if (rows.length > 0) return { rows: rows.slice(0, mostRows), more: Math.max(prompts.length - mostRows, 0) }
  if (plain || server.tools.length === 0) return nothing
  return { rows: [{ kind: 'question', question: text.ask(server.name) }], more: 0 }
}

/** isNorthwind knows the server of the Northwind database by what it is called and by what it says of itself. */
export function isNorthwind({ id, name, description }: Server): boolean {
  return /northwind/i.test(`${id} ${name} ${description}`)
}
