/** The words of the model picker. */
export const text = {
  label: (model: string) => `Model: ${model}`,
  hint: 'Model for the next question',
  loading: 'Model',
  none: 'No model',
  failed: 'Models not loaded',
  retry: 'Load again',
  standard: 'default',
}
