import { expect, it } from 'vitest'
import { scaleOf } from './chart-scale'

it.each<[string, number[], boolean, number[]]>([
  ['from zero to a round number', [617085.2], false, [0, 200000, 400000, 600000, 800000]],
  ['below zero', [-30, -4], false, [-30, -25, -20, -15, -10, -5, 0].filter((n) => n % 10 === 0)],
  ['with zero between', [-4, 6], true, [-4, -2, 0, 2, 4, 6]],
  ['of fractions without what binary adds', [0.3, 0.1], false, [0, 0.1, 0.2, 0.3]],
  ['of few whole numbers', [2, 1], true, [0, 1, 2]],
  ['of few numbers that are not', [2, 1.5], false, [0, 0.5, 1, 1.5, 2]],
  ['of nothing but zeros', [0, 0], true, [0, 1]],
  ['of nothing', [], false, [0, 1]],
  ['that ends where the largest value is', [100], true, [0, 20, 40, 60, 80, 100]],
])('scaleOf marks an axis %s', (_name, values, whole, ticks) => {
  expect(scaleOf(values, whole)).toEqual({ domain: [ticks[0], ticks.at(-1)], ticks })
})
