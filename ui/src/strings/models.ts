/** The words of the model picker. */
export const text = {
  label: (model: string) => `Model: ${model}`,
  hint: 'Model for the next question',
  search: 'Find a model',
  nothing: (query: string) => `No model for “${query}”`,
  loading: 'Model',
  loadingList: 'Loading the models…',
  none: 'No model',
  failed: 'Models not loaded',
  retry: 'Load again',
  standard: 'default',
  context: (tokens: string) => `${tokens} context`,
  hosted: { web_search: 'web search', code_interpreter: 'code interpreter' },
  price: (input: string, output: string) => `${input} in, ${output} out per 1M tokens`,
}
