// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { models } from '../../../dev/data'
import { factsOf, found } from './facts'

describe('factsOf', () => {
  it.each([
    [
      'all that is known',
      0,
      ['400K context', 'web search', 'code interpreter', '$1.25 in, $10.00 out per 1M tokens'],
    ],
    ['less of another', 1, ['400K context', '$0.25 in, $2.00 out per 1M tokens']],
    ['nothing of one that is no language model', 2, []],
  ])('tells %s', (_name, i, want) => {
    const model = models[i]
    expect(model && factsOf(model)).toEqual(want)
  })

  it('tells that a model costs nothing', () =>
    expect(
      factsOf({
        id: 'a',
        label: 'a',
        provider: 'b',
        default: true,
        price: { input: 0, cached: 0, output: 0 },
      }),
    ).toEqual(['$0.00 in, $0.00 out per 1M tokens']))
})

describe('found', () => {
  it.each([
    ['', ['gpt-5.1', 'gpt-5-mini', 'guide']],
    ['MINI openai', ['gpt-5-mini']],
    ['web search', ['gpt-5.1']],
    ['claude', []],
  ])('by %j are %j', (query, want) => expect(found(models, query).map(({ id }) => id)).toEqual(want))
})
