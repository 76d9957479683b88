import type { ModelInfo } from '@/wire/wire.gen'

/** chosenModel is the model with that id, else the default: what the server will use. */
export function chosenModel(models: readonly ModelInfo[], id: string | undefined): ModelInfo | undefined {
  return models.find((model) => model.id === id) ?? models.find((model) => model.default)
}

/** byProvider groups models under their providers, in the order of the list. */
export function byProvider(models: readonly ModelInfo[]): { provider: string; models: ModelInfo[] }[] {
  const groups = new Map<string, ModelInfo[]>()
  for (const model of models) {
    const group = groups.get(model.provider)
    if (group) group.push(model)
    else groups.set(model.provider, [model])
  }
  return [...groups].map(([provider, some]) => ({ provider, models: some }))
}

/** answersPlain tells whether a model only answers plain questions: the built-in one, which is no language model. */
export function answersPlain(model: ModelInfo | undefined): boolean {
  return model?.id === 'guide'
}
