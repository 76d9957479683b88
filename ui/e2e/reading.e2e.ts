import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible, launch, openTab } from './browser.ts'
import { ann, ask, openHouse, signIn } from './house.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

const scroller = (page: Page) => page.getByRole('log')
const scrolled = (page: Page) => scroller(page).evaluate((box) => box.scrollTop)
/** Where a question stands on the screen, in pixels. */
const topOf = (page: Page, question: string) =>
  page
    .getByRole('heading', { name: question, level: 2 })
    .evaluate((h) => Math.round(h.getBoundingClientRect().top))

describe('whoever reads a thread', () => {
  test('finds it where this tab left it, and at its end if that was left there', async () => {
    const { page, troubles } = await openTab(browser, { viewport: { width: 1200, height: 600 } })
    await page.goto('/')
    for (const question of [
      'What were our sales by year?',
      'Top 10 customers by sales',
      'How many orders?',
    ]) {
      await ask(page, question)
    }
    const address = page.url()
    await scroller(page).hover()
    await page.mouse.wheel(0, -500)
    await expect.poll(() => page.getByRole('button', { name: 'Jump to latest' }).isVisible()).toBe(true)
    const question = 'Top 10 customers by sales'
    const before = await topOf(page, question)

    await page.getByRole('link', { name: 'New thread' }).click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.goBack()
    await page.getByRole('button', { name: 'Copy answer' }).first().waitFor()
    expect(Math.abs((await topOf(page, question)) - before)).toBeLessThan(3)

    await page.reload()
    await page.getByRole('button', { name: 'Copy answer' }).first().waitFor()
    expect(Math.abs((await topOf(page, question)) - before)).toBeLessThan(3)

    await page.getByRole('button', { name: 'Jump to latest' }).click()
    await page.goto(address)
    await page.getByRole('button', { name: 'Copy answer' }).last().waitFor()
    await expect
      .poll(() => scroller(page).evaluate((box) => box.scrollHeight - box.clientHeight - box.scrollTop))
      .toBeLessThan(25)
    expect(await scrolled(page)).toBeGreaterThan(0)
    expect(troubles).toEqual([])
    await page.context().close()
  })

  test('keeps an edited question that could not be sent, and sends it again', async () => {
    const { page } = await openTab(browser)
    await page.goto('/')
    await ask(page, 'How many orders?')
    await page.getByRole('button', { name: 'Edit question' }).click()
    const field = page.getByRole('textbox', { name: 'Your question' })
    await page.route('**/runs', (route) => route.abort())
    await field.fill('How many customers?')
    await field.press('Enter')
    await page.getByText('The server did not answer.').first().waitFor()
    expect(await field.inputValue()).toBe('How many customers?')
    await expectAccessible(page, 'edit that failed')
    await page.unroute('**/runs')
    await field.press('Enter')
    await page.getByRole('heading', { name: 'How many customers?', level: 2 }).waitFor()
    await page.getByRole('button', { name: 'Copy answer' }).waitFor()
    expect(await field.count()).toBe(0)
    await page.context().close()
  })

  test('sees where figures stand, on a phone too, copies none of it, and points at cells', async () => {
    for (const options of [{}, { viewport: { width: 390, height: 844 }, hasTouch: true }]) {
      const { page, troubles } = await openTab(browser, options)
      await page.goto('/')
      await ask(page, 'What were our sales by year?')
      const figure = page.getByRole('link', { name: '617,085.20, from call 1, row 2' }).first()
      const drawn = page.locator('.figure[data-at="1:2"]').first()
      expect(await drawn.evaluate((a) => getComputedStyle(a, '::after').content)).toBe('"1:2"')
      expect(await drawn.evaluate((a) => a.textContent)).not.toContain('1:2')
      await page.getByRole('button', { name: /read_query/ }).click()
      await page.getByRole('row', { name: /^2 1997/ }).waitFor()
      await figure.focus()
      expect(await page.locator('td.aimed').allInnerTexts()).toEqual(['617,085.20'])
      await expectAccessible(page, 'pointed at')
      expect(troubles).toEqual([])
      await page.context().close()
    }
  })

  test('opens the receipt, which says that there is nobody else', async () => {
    const { page, troubles } = await openTab(browser)
    await page.goto('/')
    await ask(page, 'What were our sales by year?')
    await page.getByRole('button', { name: /^From Northwind/ }).click()
    const receipt = page.locator('.receipt')
    await receipt.getByText('you, on this machine', { exact: true }).waitFor()
    expect(await receipt.innerText()).toMatch(/Call 1 on Northwind as you, on this machine/)
    expect(await page.locator('footer time').getAttribute('datetime')).toMatch(/^\d{4}-/)
    await expectAccessible(page, 'receipt')
    expect(troubles).toEqual([])
    await page.context().close()
  })
})

test('behind the gateway the receipt says who asked, and as whom each call ran', async () => {
  const house = await openHouse()
  try {
    const { page, troubles } = await signIn(house)
    await ask(page, 'What were our sales by year?')
    await page.getByRole('button', { name: /^From Northwind/ }).click()
    const receipt = page.locator('.receipt')
    await receipt.getByText(`Ann Example (${ann.email})`).waitFor()
    expect(await receipt.innerText()).toContain(`Call 1 on Northwind as ${ann.email}, through Pomerium`)
    expect(troubles).toEqual([])
  } finally {
    await house.close()
  }
})
