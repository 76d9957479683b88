import axe, { type AxeResults, type RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

// Run in the page itself: the package for Playwright opens a second page for each look, for the sake of frames,
// of which there are none.

/** All of WCAG 2.2 A and AA, with the size of targets, and what axe recommends beyond. */
const everything = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What is looked at, and by which rules of axe; all of the page by all of WCAG 2.2 AA unless told. */
export interface Look {
  within?: string
  rules?: string[]
}

/** Returns what axe finds wrong in a page's state: its name, the rule, and the element. */
export async function violations(page: Page, state: string, { within, rules }: Look = {}): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const options: RunOptions = {
    runOnly: rules ? { type: 'rule', values: rules } : everything,
    resultTypes: ['violations'],
  }
  const found = await page.evaluate(
    async ([inside, how]) => {
      // What fades in has not its colours yet, and what has just changed begins to in a moment.
      for (let calm = 0; calm < 3; calm++) {
        await new Promise((resolve) => setTimeout(resolve, 30))
        const passing = document
          .getAnimations()
          .filter(
            (one) => one.playState === 'running' && one.effect?.getComputedTiming().endTime !== Infinity,
          )
        if (passing.length > 0) calm = 0
        await Promise.allSettled(passing.map((one) => one.finished))
      }
      const { run } = (window as unknown as { axe: typeof axe }).axe
      const all: AxeResults = await run(inside === undefined ? document : { include: [[inside]] }, how)
      return all.violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
      )
    },
    [within, options] as const,
  )
  return found.map((one) => `${state}: ${one}`)
}
