import type {
  CompletionRequest,
  Completions,
  PromptMessage,
  PromptRequest,
  ServerPrompt,
} from '@/wire/wire.gen'

/** What one server offers in prompts, as far as that is known. */
export type PromptGroup = {
  /** The server's id and name. */
  server: string
  name: string
  state: 'loading' | 'failed' | 'ready'
  /** Why it failed, in one sentence. */
  problem?: string
  prompts: readonly ServerPrompt[]
  /** The server helps to fill in arguments. */
  completes: boolean
}

/** Where the prompts of the servers in use come from. All promises reject with an ApiError. */
export type PromptSource = {
  groups: readonly PromptGroup[]
  /** Has the prompts fetched, and those again that could not be. */
  want: () => void
  /** What one should know before choosing, about the model that will answer. */
  note?: string | undefined
  render: (server: string, request: PromptRequest, signal: AbortSignal) => Promise<PromptMessage[]>
  complete: (server: string, request: CompletionRequest, signal: AbortSignal) => Promise<Completions>
}

/** titleOf is what a prompt, or an argument of one, is called on the page. */
export function titleOf({ title, name }: { title?: string; name: string }): string {
  return title ?? name
}
