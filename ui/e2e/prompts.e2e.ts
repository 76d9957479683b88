import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible, launch, openTab } from './browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

const field = (page: Page) => page.getByRole('textbox', { name: 'Message' })
const list = (page: Page) => page.getByRole('listbox', { name: 'Prompts of the servers in use' })

/** Opens the page, in which the cursor is in the field, and types as a person does. */
async function begin(page: Page, text: string): Promise<void> {
  await page.goto('/')
  await page.getByRole('button', { name: /^What were our sales by year/ }).waitFor()
  await field(page).focus()
  await page.keyboard.type(text)
  await list(page).waitFor()
}

/** The option that Enter takes, as a screen reader finds it. */
async function active(page: Page): Promise<string | null> {
  const id = await field(page).getAttribute('aria-activedescendant')
  return page.locator(`[id="${id}"]`).locator('span').first().innerText()
}

describe('a text that begins with a slash', () => {
  test('lists the prompts, and the keys of the field move in the list', async () => {
    const { page, troubles } = await openTab(browser)
    await begin(page, '/')
    expect(await list(page).getByRole('option').count()).toBe(6)
    expect(await active(page)).toBe('Analyze sales')
    await page.keyboard.press('ArrowUp')
    expect(await active(page)).toBe('Top customers')
    await page.getByText('The guide answers plain questions.').waitFor()
    await expectAccessible(page, 'list of prompts')
    await page.keyboard.type('top')
    expect(await list(page).getByRole('option').allInnerTexts()).toHaveLength(1)
    expect(troubles).toEqual([])
    await page.context().close()
  })

  test('chooses a prompt, fills it in and puts its text into the field, by keys alone', async () => {
    const { page, troubles } = await openTab(browser)
    await begin(page, '/top')
    await page.keyboard.press('Enter')
    const year = page.getByRole('combobox', { name: /^Year/ })
    await expect.poll(() => year.evaluate((e) => e === document.activeElement)).toBe(true)
    await page.getByRole('option', { name: '1997' }).waitFor()
    await expectAccessible(page, 'form of a prompt')

    await page.keyboard.type('2024')
    await page.getByText('No suggestion fits; it may be right all the same.').waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('alert').filter({ hasText: 'there are no orders in that period' }).waitFor()
    await expectAccessible(page, 'refused prompt')

    await page.keyboard.press('Control+A')
    await page.keyboard.type('97')
    await page.getByRole('option', { name: '1997' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    expect(await year.inputValue()).toBe('1997')
    await page.keyboard.press('Enter')
    await expect.poll(() => field(page).inputValue()).toBe('Top 5 customers by sales in 1997')
    expect(new URL(page.url()).pathname).toBe('/')

    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Copy answer' }).waitFor()
    expect(await page.getByRole('main').innerText()).toContain('61,109.91')
    // The server says no to 2024 with a status that the browser logs.
    expect(troubles.filter((t) => !t.includes('422'))).toEqual([])
    await page.context().close()
  })

  test('gives the text of a prompt without arguments at once, and nothing is sent', async () => {
    const { page } = await openTab(browser)
    await begin(page, '/explore')
    await page.keyboard.press('Tab')
    await expect.poll(() => field(page).inputValue()).toMatch(/^Show me what the Northwind database holds/)
    await expect.poll(() => field(page).evaluate((e) => e === document.activeElement)).toBe(true)
    expect(new URL(page.url()).pathname).toBe('/')
    await page.context().close()
  })

  test('is left with Escape, step by step, and stays a text', async () => {
    const { page } = await openTab(browser)
    await begin(page, '/top')
    await page.keyboard.press('Enter')
    await page.getByRole('option', { name: '1997' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('option', { name: '1997' }).waitFor({ state: 'detached' })
    await page.keyboard.press('Escape')
    await list(page).waitFor()
    await page.keyboard.press('Escape')
    await list(page).waitFor({ state: 'detached' })
    expect(await field(page).inputValue()).toBe('/top')
    await page.context().close()
  })

  test('works on a phone', async () => {
    const phone = { viewport: { width: 390, height: 700 }, hasTouch: true, isMobile: true }
    const { page } = await openTab(browser, phone)
    await begin(page, '/')
    await expectAccessible(page, 'list of prompts on a phone')
    await list(page)
      .getByRole('option', { name: /Analyze sales/ })
      .tap()
    await page.getByRole('option', { name: '1996-Q3' }).tap()
    const use = page.getByRole('button', { name: 'Use prompt' })
    const box = await use.boundingBox()
    expect(box && box.x >= 0 && box.x + box.width <= 390 && box.y + box.height <= 700).toBe(true)
    await expectAccessible(page, 'form of a prompt on a phone')
    await use.tap()
    await expect.poll(() => field(page).inputValue()).toContain("OrderDate >= '1996-07-01'")
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    await page.context().close()
  })
})

describe('an empty thread', () => {
  test('suggests what the server offers, and to the guide only what that answers', async () => {
    const { page, troubles } = await openTab(browser)
    await page.goto('/')
    const rows = page
      .getByRole('main')
      .getByRole('button')
      .filter({ hasText: /\/[a-z_]+$/ })
    await rows.first().waitFor()
    expect((await rows.allInnerTexts()).map((row) => row.split('\n').at(-1))).toEqual([
      '/reorder',
      '/sales_by_year',
      '/show_tables',
      '/top_customers',
    ])
    await expectAccessible(page, 'suggestions')
    expect(troubles).toEqual([])
    await page.context().close()
  })
})
