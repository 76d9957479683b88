/** Where the numbers of an axis stand: its ends and its marks, which are among them. */
export interface Scale {
  domain: readonly [least: number, largest: number]
  ticks: readonly number[]
}

/** Marks that an axis has room for. */
const about = 5

/**
 * Returns the axis for values: zero is on it always, and its ends are round. Whole values get
 * whole marks.
 */
export function scaleOf(values: readonly number[], whole: boolean): Scale {
  const least = values.reduce((a, b) => Math.min(a, b), 0)
  const largest = values.reduce((a, b) => Math.max(a, b), 0)
  if (least === largest) return { domain: [0, 1], ticks: [0, 1] }
  const rough = (largest - least) / about
  const power = 10 ** Math.floor(Math.log10(rough))
  const round = [1, 2, 2.5, 5, 10].find((n) => n * power >= rough * 0.999) ?? 10
  const fine = round * power
  const step = whole ? Math.max(1, Math.ceil(fine)) : fine
  const from = Math.floor(least / step + 1e-9)
  const to = Math.ceil(largest / step - 1e-9)
  const ticks = Array.from({ length: to - from + 1 }, (_, i) => exact((from + i) * step))
  return { domain: [ticks[0] ?? 0, ticks.at(-1) ?? 1], ticks }
}

/** Without what binary fractions add: 0.30000000000000004 is 0.3. */
function exact(n: number): number {
  return Number(n.toPrecision(12))
}
