import { describe, expect, it } from 'vitest'
import { models } from '../../../dev/data'
import { answersPlain, byProvider, chosenModel } from './models'

describe('chosenModel', () => {
  it.each([
    ['the one with the id', 'gpt-5-mini', 'gpt-5-mini'],
    ['the default, without an id', undefined, 'gpt-5.1'],
    ['the default, for a model that is gone', 'gpt-2', 'gpt-5.1'],
  ])('is %s', (_name, id, want) => expect(chosenModel(models, id)?.id).toBe(want))

  it('is nothing where there are none', () => expect(chosenModel([], 'gpt-5.1')).toBeUndefined())
})

it('byProvider keeps the order of providers and models', () => {
  expect(
    byProvider(models).map(({ provider, models: some }) => [provider, ...some.map((m) => m.id)]),
  ).toEqual([
    ['OpenAI', 'gpt-5.1', 'gpt-5-mini'],
    ['Built in', 'guide'],
  ])
})

it('answersPlain knows the guide', () => {
  expect(models.filter(answersPlain).map(({ id }) => id)).toEqual(['guide'])
  expect(answersPlain(undefined)).toBe(false)
})
