import type { Message, ModelInfo } from '@/wire/wire.gen'
import { answersPlain } from './models'

/** From which share of its context on a model is nearly full. */
const nearlyFull = 0.8

/** What is known of how full a model's context is, and of what a thread has used. All are tokens. */
export interface ContextFacts {
  /** What the newest answer on view took of the context; absent if no answer tells. */
  used?: number
  /** How much the model can read at once, if that is known. */
  most?: number
  /** The share that is taken, above 1 where it no longer fits; absent if either is. */
  share?: number
  level: 'room' | 'tight' | 'over'
  /** All answers of the thread, those off view too. */
  all: Tokens
  /** What they cost in US dollars; absent if no price is known. */
  cost?: { usd: number; whole: boolean }
}

/** Sums of tokens: cached and tools are shares of what was read, reasoning of what was written. */
export interface Tokens {
  read: number
  cached: number
  tools: number
  written: number
  reasoning: number
  /** A part of it is an estimate. */
  estimated: boolean
}

/**
 * contextFacts tells how full the context of a model will be with what is on view, and what the
 * whole thread has used. It is undefined where nothing is known, and for the guide, which has no
 * context.
 */
export function contextFacts(
  { messages, path }: { messages: readonly Message[]; path: readonly Message[] },
  model: ModelInfo | undefined,
): ContextFacts | undefined {
  const all = tokensOf(messages)
  if (model === undefined || answersPlain(model) || all.read + all.written === 0) return undefined
  const used = path.findLast((m) => m.usage?.contextTokens)?.usage?.contextTokens
  const most = model.contextTokens
  const share = used !== undefined && most !== undefined ? used / most : undefined
  const cost = costOf(messages)
  return {
    ...(used !== undefined && { used }),
    ...(most !== undefined && { most }),
    ...(share !== undefined && { share }),
    level: share === undefined || share < nearlyFull ? 'room' : share < 1 ? 'tight' : 'over',
    all,
    ...(cost !== undefined && { cost }),
  }
}

function tokensOf(messages: readonly Message[]): Tokens {
  const none: Tokens = { read: 0, cached: 0, tools: 0, written: 0, reasoning: 0, estimated: false }
  return messages.reduce((sum, { usage }) => {
    if (usage === undefined) return sum
    return {
      read: sum.read + usage.inputTokens,
      cached: sum.cached + usage.cachedTokens,
      tools: sum.tools + usage.toolTokens,
      written: sum.written + usage.outputTokens,
      reasoning: sum.reasoning + usage.reasoningTokens,
      estimated: sum.estimated || usage.estimated === true,
    }
  }, none)
}

function costOf(messages: readonly Message[]): ContextFacts['cost'] {
  const priced = messages.filter((m) => m.cost !== undefined)
  if (priced.length === 0) return undefined
  return {
    usd: priced.reduce((sum, { cost }) => sum + (cost?.usd ?? 0), 0),
    whole: messages.every((m) => m.usage === undefined || m.cost !== undefined),
  }
}
