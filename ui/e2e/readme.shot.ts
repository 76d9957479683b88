import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, test } from 'vitest'
import { launch, openTab, submit } from './browser.ts'

// Pictures for the README and for whoever reviews a change: `make screenshots`.
const folder = join(import.meta.dirname, '..', '..', 'docs', 'screenshots')

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

const wide = { viewport: { width: 1360, height: 900 } }
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, deviceScaleFactor: 2 }

for (const [name, options] of [
  ['light', wide],
  ['dark', { ...wide, colorScheme: 'dark' }],
  ['phone', phone],
] as const) {
  test(`empty and answered, ${name}`, async () => {
    const { page } = await openTab(browser, { ...options, reducedMotion: 'reduce' })
    await page.goto('/')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByText('Northwind').first().waitFor()
    await page.screenshot({ path: join(folder, `empty-${name}.png`) })
    const box = page.getByRole('textbox', { name: 'Message' })
    await box.fill('What were our sales by year?')
    await submit(page)
    await page.getByRole('button', { name: 'Copy answer' }).last().waitFor()
    await page
      .getByRole('button', { name: /read_query/ })
      .last()
      .click()
    // The table of the call, which comes late, and not the one in the text; and nothing runs any more.
    await page.getByText('First order').first().waitFor()
    await page.getByRole('img', { name: 'Running' }).waitFor({ state: 'hidden' })
    await page.mouse.move(0, 0)
    await page.screenshot({ path: join(folder, `thread-${name}.png`) })
    await page.context().close()
  })
}
