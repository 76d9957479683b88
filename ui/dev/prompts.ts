import type {
  CompletionRequest,
  Completions,
  PromptList,
  PromptRequest,
  PromptText,
} from '../src/wire/wire.gen.ts'
import { periods, prompts } from './data.ts'

/** The prompts of a server, undefined if there is no such server. */
export function listPrompts(server: string): PromptList | undefined {
  return prompts[server]
}

/** The text of a prompt, or why the server refuses. */
export function rendered(
  server: string,
  { name, arguments: given = {} }: PromptRequest,
): PromptText | string | undefined {
  const prompt = prompts[server]?.prompts.find((one) => one.name === name)
  if (!prompt) return undefined
  const period = given['period'] ?? given['year']
  if (period !== undefined && !periods.includes(period)) {
    return 'Northwind refused: there are no orders in that period; they run from 1996-07-04 to 1998-05-06.'
  }
  const about = Object.entries(given).map(([argument, value]) => `${argument} ${value}`)
  const text = prompt.question ?? `${prompt.title}. ${prompt.description ?? ''}`
  return { messages: [{ role: 'user', text: [text.trim(), ...about].join('\n') }] }
}

/** What may stand for an argument. */
export function completed(server: string, { value }: CompletionRequest): Completions | undefined {
  if (!prompts[server]) return undefined
  return { values: prompts[server].completes ? periods.filter((one) => one.includes(value)) : [] }
}
