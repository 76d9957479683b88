import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, launch, openTab, submit } from './browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

test('a reader of German reads, finds and points at numbers as they are written there', async () => {
  const { page, troubles } = await openTab(browser, { locale: 'de-DE', timezoneId: 'Europe/Berlin' })
  await page.goto('/')
  await page.getByRole('textbox', { name: 'Message' }).fill('What were our sales by year?')
  await submit(page)
  await page.getByRole('button', { name: 'Copy answer' }).waitFor()

  const figure = page.getByRole('link', { name: '617,085.20, from call 1, row 2' }).first()
  await figure.press('Enter')
  const row = page.getByRole('row', { name: /^2 1997 617\.085,20/ })
  await expect.poll(() => row.evaluate((tr) => tr === document.activeElement)).toBe(true)
  expect(await page.locator('td.aimed').allInnerTexts()).toEqual(['617.085,20'])

  await page.getByRole('button', { name: 'Filter' }).click()
  await page.getByRole('textbox', { name: 'Filter rows' }).fill('617085,2')
  await page.getByText('1 of 3 rows').waitFor()
  expect(await page.locator('.prov time').innerText()).toMatch(/^\d\d:\d\d:\d\d$/)
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
  await expectAccessible(page, 'German numbers')
  expect(troubles).toEqual([])
})
