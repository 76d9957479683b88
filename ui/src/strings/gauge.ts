import { formatCount } from '@/lib/format'

/** The words of the gauge that tells how full a model's context is. */
export const text = {
  title: 'Context',
  open: (percent: string) => `Context: ${percent} full`,
  openUnknown: 'Tokens of this thread',
  meter: (model: string) => `Context of ${model}`,
  of: (used: number, most: number) => `${formatCount(used)} of ${formatCount(most)} tokens`,
  tokens: (n: number) => `${formatCount(n)} tokens`,
  aboutTokens: (n: number) => `about ${formatCount(n)} tokens`,
  full: (percent: string, model: string) => `${percent} of what ${model} can read at once.`,
  unknown: (model: string) => `How much ${model} can read at once is not known.`,
  nothing: 'No answer on view has said yet how much was read.',
  tight:
    'Each question takes the whole thread along. Once that no longer fits, the model refuses it: begin a new thread soon, or make room.',
  over: (model: string) =>
    `This is more than ${model} can read at once, so it will refuse the next question.`,
  newThread: 'New thread',
  tools: 'Switch tools off',
  model: 'Choose a larger model',
  all: 'This thread in all',
  read: 'Read',
  cached: 'from the provider’s cache',
  toolShare: 'descriptions and results of tools, about',
  written: 'Written',
  reasoning: 'reasoning',
  definitions: 'Tools described in each question, about',
  cost: 'Estimated cost',
  atLeast: (usd: string) => `${usd} or more`,
  costNote: 'Reckoned from a table of prices; what the provider charges may differ.',
  costPart: 'Not every model that answered has a known price.',
}
