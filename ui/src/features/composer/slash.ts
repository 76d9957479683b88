import { titleOf, type PromptGroup } from '@/lib/prompts'
import type { PromptMessage, ServerPrompt } from '@/wire/wire.gen'

/** A prompt of a server. */
export type Choice = { group: PromptGroup; prompt: ServerPrompt }

/** What becomes of a text that begins with a slash. */
export type Slash =
  /** Nothing; perhaps a prompt has just been put into the field. */
  | { at: 'closed'; used?: true }
  /** The prompts are listed that fit; active is the key of one, undefined the first. */
  | { at: 'menu'; query: string; active?: string }
  /** The list was closed by hand, and stays so until the text begins anew. */
  | { at: 'dismissed' }
  /** A prompt was chosen: its arguments are asked for, or its text is on the way. */
  | { at: 'form'; choice: Choice; busy: boolean; problem?: string }

/** What happens to it. */
export type SlashEvent =
  | { type: 'wrote'; text: string }
  | { type: 'moved'; to: string }
  | { type: 'dismissed' }
  /** A prompt was chosen, in the list or elsewhere; as it is, if no argument is to be asked for. */
  | { type: 'chosen'; choice: Choice; asIs: boolean }
  | { type: 'submitted' }
  | { type: 'failed'; problem: string }
  /** The form was left, with this text in the field. */
  | { type: 'left'; text: string }
  | { type: 'done' }

/** afterSlash folds one event into what becomes of the slash. */
export function afterSlash(slash: Slash, event: SlashEvent): Slash {
  switch (event.type) {
    case 'wrote': {
      const query = queryOf(event.text)
      if (slash.at === 'form') return slash
      if (query === null) return { at: 'closed' }
      return slash.at === 'dismissed' ? slash : { at: 'menu', query }
    }
    case 'moved':
      return slash.at === 'menu' ? { ...slash, active: event.to } : slash
    case 'dismissed':
      return slash.at === 'menu' ? { at: 'dismissed' } : slash
    case 'chosen':
      return { at: 'form', choice: event.choice, busy: event.asIs }
    case 'submitted':
      return slash.at === 'form' ? { at: 'form', choice: slash.choice, busy: true } : slash
    case 'failed':
      return slash.at === 'form' ? { ...slash, busy: false, problem: event.problem } : slash
    case 'left': {
      const query = queryOf(event.text)
      return query === null ? { at: 'closed' } : { at: 'menu', query }
    }
    case 'done':
      return { at: 'closed', used: true }
  }
}

/** Longer than any search for a prompt: such a text is a message that begins with a slash. */
const longestQuery = 60

/** queryOf is what a text searches for among the prompts, or null if it is no command. */
export function queryOf(text: string): string | null {
  if (!text.startsWith('/') || text.length > longestQuery || text.includes('\n')) return null
  return text.slice(1)
}

/** keyOf tells the choices of one list apart. */
export function keyOf({ group, prompt }: Choice): string {
  return `${group.server} ${prompt.name}`
}

/** matchesOf returns the prompts that fit, server by server: first those whose name or title begins so. */
export function matchesOf(groups: readonly PromptGroup[], query: string): Choice[] {
  const sought = plain(query)
  return groups.flatMap((group) =>
    group.prompts
      .map((prompt) => ({ group, prompt, place: placeOf(prompt, sought) }))
      .filter(({ place }) => place >= 0)
      .toSorted((a, b) => Math.min(a.place, 1) - Math.min(b.place, 1))
      .map(({ prompt }) => ({ group, prompt })),
  )
}

/** Where a prompt has what is sought: 0 at the beginning of its name or title, -1 nowhere. */
function placeOf(prompt: ServerPrompt, sought: string): number {
  const places = [prompt.name, titleOf(prompt)].map((one) => plain(one).indexOf(sought))
  return places.includes(0) ? 0 : Math.max(...places)
}

/** A name without what people leave out: case, and which sign is between words. */
function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[\s_-]+/g, ' ')
}

/** stepFrom returns the key of the choice that many places on, from the end to the beginning and back. */
export function stepFrom(
  choices: readonly Choice[],
  active: string | undefined,
  by: number,
): string | undefined {
  const at = Math.max(
    choices.findIndex((c) => keyOf(c) === active),
    0,
  )
  const to = choices[(at + by + choices.length) % choices.length]
  return to && keyOf(to)
}

/** activeOf is the choice that Enter takes. */
export function activeOf(choices: readonly Choice[], active: string | undefined): Choice | undefined {
  return choices.find((c) => keyOf(c) === active) ?? choices[0]
}

/** findPrompt returns the prompt of that name. */
export function findPrompt(groups: readonly PromptGroup[], server: string, name: string): Choice | undefined {
  const group = groups.find((g) => g.server === server)
  const prompt = group?.prompts.find((p) => p.name === name)
  return group && prompt && { group, prompt }
}

/**
 * textOf is a prompt as one message of the person's: what a server has put into the mouth of
 * an assistant says so, as it is sent as the person's own words.
 */
export function textOf(messages: readonly PromptMessage[], names: Record<PromptMessage['role'], string>) {
  const both = messages.some((m) => m.role === 'assistant')
  return messages.map((m) => (both ? `${names[m.role]}: ${m.text}` : m.text)).join('\n\n')
}

/** valuesOf returns the arguments that are filled in; missingIn the names of those that have to be. */
export function valuesOf(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''))
}

export function missingIn(prompt: ServerPrompt, values: Readonly<Record<string, string>>): string[] {
  const filled = valuesOf(values)
  return prompt.arguments.filter((a) => a.required === true && !(a.name in filled)).map((a) => a.name)
}
