import { formatCompact, formatUsd } from '@/lib/format'
import { text } from '@/strings/models'
import type { ModelInfo } from '@/wire/wire.gen'

/** factsOf says what one may want to know of a model before choosing it, as far as it is known. */
export function factsOf({ contextTokens, hosted = [], price }: ModelInfo): string[] {
  return [
    ...(contextTokens === undefined ? [] : [text.context(formatCompact(contextTokens))]),
    ...hosted.map((tool) => text.hosted[tool]),
    ...(price === undefined ? [] : [text.price(formatUsd(price.input), formatUsd(price.output))]),
  ]
}

/** found returns the models that have all of the words in their name, id, provider or facts. */
export function found(models: readonly ModelInfo[], query: string): ModelInfo[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return models.filter((model) => {
    const own = [model.label, model.id, model.provider, ...factsOf(model)].join(' ').toLowerCase()
    return words.every((word) => own.includes(word))
  })
}
