import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible, launch, openTab } from './browser.ts'
import { ask } from './house.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

const sql = (page: Page) => page.getByRole('textbox', { name: /SQL$/ })
const own = (page: Page) => page.getByRole('list', { name: 'Your runs of call 1' })

/** Asks, and opens the SQL of the call for editing. */
async function edit(page: Page, question: string) {
  await page.goto('/')
  await ask(page, question)
  await page
    .getByRole('button', { name: /read_query/ })
    .last()
    .click()
  await page.getByRole('tab', { name: 'SQL' }).click()
  await page.getByRole('button', { name: 'Edit and run' }).click()
}

/** Writes a query over that which is there, and runs it. */
async function run(page: Page, query: string) {
  await sql(page).fill(query)
  await sql(page).press('Control+Enter')
}

describe('the SQL of a call', () => {
  test('is edited and run again beside the answer, which stays as it is', async () => {
    const { page, troubles } = await openTab(browser)
    await edit(page, 'What were our sales by year?')
    await expectAccessible(page, 'editor')
    const answer = await page.locator('.answer .prose').last().innerText()
    await run(page, 'SELECT Country, count(*) AS n FROM Customers GROUP BY Country ORDER BY n DESC')
    await own(page).getByText('· not part of the answer').waitFor()
    await own(page).getByRole('cell', { name: 'USA' }).waitFor()
    expect(await own(page).getByRole('button', { expanded: true }).innerText()).toContain('21 rows')
    await expectAccessible(page, 'own run')

    const saved = page.waitForEvent('download')
    await own(page).getByRole('button', { name: 'Download CSV' }).click()
    const csv = await readFile(await (await saved).path(), 'utf8')
    expect(csv.trim().split('\r\n')).toHaveLength(22)

    // The rows that the answer cites are still those of its own call.
    await page.getByRole('link', { name: '617,085.20, from call 1, row 2' }).first().click()
    const row = page.getByRole('row', { name: /^2 1997 617,085.20/ })
    await expect.poll(() => row.evaluate((tr) => tr === document.activeElement)).toBe(true)
    expect(await page.locator('.answer .prose').last().innerText()).toBe(answer)

    // Nothing of it is in the thread.
    await page.reload()
    await page.getByRole('button', { name: 'Copy answer' }).waitFor()
    const thread = await (await page.request.get(page.url().replace('/t/', '/api/threads/'))).text()
    expect(thread).not.toContain('GROUP BY Country')
    expect(troubles).toEqual([])
    await page.context().close()
  })

  test('says where it is wrong and keeps what was written; many rows are read on', async () => {
    const { page, troubles } = await openTab(browser, { viewport: { width: 390, height: 844 } })
    await edit(page, 'What were our sales by year?')
    await run(page, 'SELECT CompanyName,\n  Nme\nFROM Customers')
    await page.getByText(/no such column: "?Nme/).waitFor()
    await expectAccessible(page, 'wrong')
    await page.getByRole('button', { name: 'Line 2, column 3.' }).click()
    const chosen = await sql(page).evaluate((area) =>
      area instanceof HTMLTextAreaElement ? area.value.slice(area.selectionStart, area.selectionEnd) : '',
    )
    expect(chosen).toBe('Nme')

    await run(page, 'SELECT * FROM Orders')
    await own(page)
      .getByText(/^1–200 of 830 rows/)
      .waitFor()
    await own(page)
      .getByRole('button', { name: /^Show (all|the first) \d+ rows/ })
      .click()
    const rows = own(page).getByRole('group', { name: 'Rows of your run 1 of call 1' })
    await rows.evaluate((box) => box.scrollTo(0, box.scrollHeight))
    await own(page)
      .getByText(/^(1–[3-9]\d\d of|The tool gave) /)
      .waitFor()
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(sideways).toBe(0)
    expect(troubles).toEqual([])
    await page.context().close()
  })

  test('is stopped while it runs', async () => {
    const { page, troubles } = await openTab(browser)
    await edit(page, 'What were our sales by year?')
    await run(
      page,
      'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n WHERE i < 0',
    )
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByText('Stopped.').waitFor()
    await run(page, 'SELECT 1 AS one')
    await own(page).getByRole('columnheader', { name: 'one' }).waitFor()
    expect(troubles).toEqual([])
    await page.context().close()
  })

  test('of a failed call is mended in place', async () => {
    const { page, troubles } = await openTab(browser)
    await page.goto('/')
    await ask(page, 'SELECT Nme FROM Customers')
    await page.getByRole('button', { name: 'Edit and run' }).click()
    await expect.poll(() => sql(page).evaluate((field) => field === document.activeElement)).toBe(true)
    await run(page, 'SELECT CompanyName FROM Customers LIMIT 1')
    await own(page).getByRole('cell', { name: 'Alfreds Futterkiste' }).waitFor()
    const aside = await page.locator('.case').evaluate((box) => box.scrollWidth - box.clientWidth)
    expect(aside, 'the panel is wider than its column').toBe(0)
    expect(troubles).toEqual([])
    await page.context().close()
  })
})

describe('a call whose server kept silent', () => {
  test('is tried again, and the result stands beside the answer', async () => {
    const { page, troubles } = await openTab(browser)
    // No server of this house keeps silent for as long as a call may take: the page is told so.
    await page.route(/\/api\/threads\/[^/?]+$/, async (route) => {
      const res = await route.fetch()
      const text = await res.text()
      const failed = `"state":"output-error","errorKind":"limit","errorText":"Northwind said nothing for 1 minute."`
      await route.fulfill({
        response: res,
        body: text.replace(/("type":"dynamic-tool".*?)"state":"output-available"/, `$1${failed}`),
      })
    })
    await page.goto('/')
    await ask(page, 'SELECT CompanyName FROM Customers LIMIT 1')
    await page.reload()
    await page.getByText('Northwind said nothing for 1 minute.').waitFor()
    await page.getByRole('button', { name: 'Try again' }).press('Enter')
    await own(page).getByRole('cell', { name: 'Alfreds Futterkiste' }).waitFor()
    await expectAccessible(page, 'tried again')
    expect(troubles).toEqual([])
    await page.context().close()
  })
})

describe('a call without SQL', () => {
  test('has its arguments edited in fields', async () => {
    const { page, troubles } = await openTab(browser)
    await page.goto('/')
    await ask(page, 'Describe the table Customers')
    await page
      .getByRole('button', { name: /describe_table/ })
      .last()
      .click()
    await page.getByRole('tab', { name: 'Arguments' }).click()
    await page.getByRole('button', { name: 'Edit and run' }).click()
    const table = page.getByRole('textbox', { name: /^table/ })
    await expect.poll(() => table.evaluate((field) => field === document.activeElement)).toBe(true)
    await expectAccessible(page, 'fields')
    await table.fill('Shippers')
    await table.press('Control+Enter')
    await own(page)
      .getByText(/CompanyName/)
      .first()
      .waitFor()
    expect(await own(page).innerText()).toContain('Shippers')
    expect(troubles).toEqual([])
    await page.context().close()
  })
})
