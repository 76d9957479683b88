import type { ChartModel } from './chart-data'

/**
 * Returns the colour of a series, as CSS: one of its own for each, or, where series are times,
 * the darker the newer.
 */
export function colourOf({ series, ages }: Pick<ChartModel, 'series' | 'ages'>, i: number): string {
  const count = series.length
  if (count === 1) return 'var(--series-1)'
  return ages && count <= 3 ? `var(--series-${count - i})` : `var(--cat-${i + 1})`
}
