import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible, launch, openTab, submit } from './browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

/** Asks, and opens the panel of the last call. */
async function openCall(page: Page, question: string): Promise<void> {
  await page.goto('/')
  const box = page.getByRole('textbox', { name: 'Message' })
  await box.fill(question)
  await submit(page)
  await page.getByRole('button', { name: 'Copy answer' }).last().waitFor()
  const line = page.getByRole('button', { name: /^Call \d/ }).last()
  if ((await line.getAttribute('aria-expanded')) !== 'true') await line.click()
}

describe('a call', () => {
  test.each<[string, BrowserContextOptions]>([
    ['in light', {}],
    ['in dark', { colorScheme: 'dark' }],
    ['on a phone', { viewport: { width: 390, height: 844 }, hasTouch: true }],
  ])('is looked at as a chart, whose points the keyboard tells, %s', async (state, options) => {
    const { page, troubles } = await openTab(browser, options)
    await openCall(page, 'What were our sales by year?')
    await page.getByRole('tab', { name: 'Chart' }).click()
    const drawing = page.getByRole('figure').getByRole('img')
    expect(await drawing.getAttribute('aria-label')).toMatch(
      /^Line chart of .+ 3 places\. Highest 617,085\.20 \(1997\), lowest 208,083\.97 \(1996\)/,
    )
    const points = page.getByRole('slider', { name: 'Points of the chart' })
    await points.press('End')
    expect(await points.getAttribute('aria-valuetext')).toBe('1998: 440,623.87')
    await expectAccessible(page, `chart ${state}`)
    await page.getByLabel('Kind of chart').selectOption({ label: 'Bars' })
    expect(await drawing.getAttribute('aria-label')).toMatch(/^Bar chart/)
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow, `${state}: the page scrolls sideways`).toBe(0)
    expect(troubles).toEqual([])
    await page.context().close()
  })

  test('is filtered by what its cells show', async () => {
    const { page, troubles } = await openTab(browser)
    await openCall(page, 'What were our sales by year?')
    await page.getByRole('button', { name: 'Filter rows' }).click()
    await page.getByRole('textbox', { name: 'Filter rows' }).fill('617,085.20')
    await page.getByText('1 of 3 rows').waitFor()
    expect(troubles).toEqual([])
    await page.context().close()
  })
})
