import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible, launch, openTab, submit } from './browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

const question = 'What were our sales by year?'
const figures = ['208,083.97', '617,085.20', '440,623.87']

/** Asks as a person does, and waits until the answer is complete. */
async function ask(page: Page, text: string): Promise<void> {
  const box = page.getByRole('textbox', { name: 'Message' })
  await box.fill(text)
  await submit(page)
  await page.getByRole('button', { name: 'Copy answer' }).last().waitFor()
}

/** Opens the panel of the last call, if it is not open, and returns its table. */
async function openTable(page: Page) {
  const line = page.getByRole('button', { name: /read_query/ }).last()
  if ((await line.getAttribute('aria-expanded')) !== 'true') await line.click()
  const table = page.getByRole('table').first()
  await table.waitFor()
  return table
}

describe('a new user, without any key', () => {
  test('asks for sales by year and gets rows, SQL and an answer that survive a reload', async () => {
    const { page, troubles } = await openTab(browser)
    await page.goto('/')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await expectAccessible(page, 'empty')

    await ask(page, question)
    expect(new URL(page.url()).pathname).toMatch(/^\/t\/thr_/)
    const answer = await page.getByRole('main').innerText()
    for (const figure of figures) expect(answer).toContain(figure)

    const table = await openTable(page)
    const cells = await table.innerText()
    for (const figure of figures) expect(cells).toContain(figure)
    await expectAccessible(page, 'table')

    await page.getByRole('tab', { name: 'SQL' }).click()
    expect(await page.getByRole('tabpanel').innerText()).toMatch(/SELECT[\s\S]+"Order Details"/)
    await expectAccessible(page, 'sql')
    await page.getByRole('tab', { name: 'Raw' }).click()
    await expectAccessible(page, 'raw')

    await page.reload()
    await page.getByRole('button', { name: 'Copy answer' }).waitFor()
    const again = await page.getByRole('main').innerText()
    for (const figure of figures) expect(again).toContain(figure)
    await page.getByRole('link', { name: question }).first().waitFor()
    expect(troubles).toEqual([])
    await page.context().close()
  })

  test('gets the same in dark and on a phone, without scrolling sideways', async () => {
    for (const [state, options] of [
      ['dark', { colorScheme: 'dark' }],
      ['phone', { viewport: { width: 390, height: 844 }, hasTouch: true }],
    ] as const) {
      const { page, troubles } = await openTab(browser, options)
      await page.goto('/')
      await ask(page, question)
      await openTable(page)
      await expectAccessible(page, state)
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(overflow, `${state}: the page scrolls sideways`).toBe(0)
      expect(troubles).toEqual([])
      await page.context().close()
    }
  })

  test('never sees the Markdown that an answer is written in, on a slow computer even', async () => {
    const { page } = await openTab(browser)
    await page.goto('/')
    await ask(page, 'Top 10 customers by sales')
    await page.getByRole('main').getByRole('table').first().waitFor()
    const address = page.url()
    const slow = await page.context().newPage()
    await slow.addInitScript(() => {
      new MutationObserver(() => {
        if (/\*\*|\| ?---/.test(document.body?.textContent ?? ''))
          document.documentElement.dataset['raw'] = 'seen'
      }).observe(document, { subtree: true, childList: true, characterData: true })
    })
    const devtools = await page.context().newCDPSession(slow)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    await slow.goto(address)
    await slow.getByRole('main').getByRole('table').first().waitFor()
    expect(await slow.locator('html').getAttribute('data-raw')).toBeNull()
    await page.context().close()
  })

  test('follows a figure of the answer to its row, and comes back', async () => {
    const { page, troubles } = await openTab(browser)
    await page.goto('/')
    await ask(page, question)
    const figure = page.getByRole('link', { name: '617,085.20, from call 1, row 2' }).first()
    await figure.focus()
    await page.keyboard.press('Enter')
    const row = page.getByRole('row', { name: /^2 1997 617,085.20/ })
    await expect.poll(() => row.evaluate((tr) => tr === document.activeElement)).toBe(true)
    await expectAccessible(page, 'found row')
    await page.keyboard.press('Escape')
    expect(await figure.evaluate((a) => a === document.activeElement)).toBe(true)
    expect(troubles).toEqual([])
    await page.context().close()
  })

  test('reads a long result whole, is told where the tool cut it, and saves it', async () => {
    const { page, troubles } = await openTab(browser)
    await page.goto('/')
    await ask(page, 'List all orders')
    const table = await openTable(page)
    const told = await page.getByText(/^The tool gave \d+ of 830 rows/).innerText()
    const count = Number(/\d+/.exec(told)?.[0])
    await page.getByRole('button', { name: `Show all ${count} rows` }).click()
    const rows = page.getByRole('group', { name: /^Result of call/ })
    await rows.evaluate((box) => box.scrollTo(0, box.scrollHeight))
    await page.locator(`tr[aria-rowindex="${count + 1}"]`).waitFor()
    await expectAccessible(page, 'last row')

    await table.getByRole('button', { name: 'Customer' }).click()
    await page.getByText('Sorting and filtering cover these.').waitFor()
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download CSV' }).click()
    const csv = await readFile(await (await saved).path(), 'utf8')
    expect(csv.trim().split('\r\n')).toHaveLength(count + 1)
    expect(troubles).toEqual([])
    await page.context().close()
  })

  test('gets an honest no, with things to ask instead', async () => {
    const { page } = await openTab(browser)
    await page.goto('/')
    await ask(page, 'Will it rain in Seattle tomorrow?')
    expect(await page.getByRole('button', { name: /read_query/ }).count()).toBe(0)
    await expectAccessible(page, 'declined')
    await page.context().close()
  })

  test('sees a failed call open itself with what the server said', async () => {
    const { page } = await openTab(browser)
    await page.goto('/')
    await ask(page, 'SELECT Nme FROM Customers')
    expect(await page.getByRole('main').innerText()).toContain('no such column')
    await expectAccessible(page, 'failed call')
    await page.context().close()
  })
})

describe('nothing is lost', () => {
  test('a text that is too long stays in the composer, with a sentence', async () => {
    const { page, troubles } = await openTab(browser)
    await page.goto('/')
    const box = page.getByRole('textbox', { name: 'Message' })
    const pasted = 'x'.repeat(1 << 20)
    await box.fill(pasted)
    await page.getByText(/is the most that can be sent/).waitFor()
    expect((await box.inputValue()).length).toBe(pasted.length)
    expect(await page.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true)
    expect(troubles).toEqual([])
    await page.context().close()
  })

  test('a draft survives a reload', async () => {
    const { page } = await openTab(browser)
    await page.goto('/')
    await page.getByRole('textbox', { name: 'Message' }).fill('Half a thought')
    await page.reload()
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Message' }).inputValue())
      .toBe('Half a thought')
    await page.context().close()
  })

  test('a server that is gone is said so, and the text stays', async () => {
    const { page } = await openTab(browser)
    await page.goto('/')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.context().setOffline(true)
    const box = page.getByRole('textbox', { name: 'Message' })
    await box.fill(question)
    await box.press('Enter')
    await page.getByText('The server did not answer. Your text is still here.').waitFor()
    expect(await box.inputValue()).toBe(question)
    await page.context().setOffline(false)
    await page.context().close()
  })

  test('an address without a thread says so and leads back', async () => {
    const { page } = await openTab(browser)
    await page.goto('/t/thr_nope')
    await page
      .getByRole('link', { name: /new thread/i })
      .first()
      .waitFor()
    await expectAccessible(page, 'missing thread')
    await page.goto('/nowhere')
    await expectAccessible(page, 'not found')
    await page.context().close()
  })
})

describe('what the page offers, works', () => {
  test('every suggestion is answered with rows or tables, not declined', async () => {
    const { page } = await openTab(browser)
    await page.goto('/')
    await page.getByText('Show tables').waitFor()
    const suggestions = await page
      .getByRole('main')
      .getByRole('button')
      .filter({ hasText: /\/[a-z_]+$/ })
      .allInnerTexts()
    expect(suggestions.length).toBeGreaterThan(2)
    const declined: string[] = []
    for (const text of suggestions) {
      await page.goto('/')
      await page
        .getByRole('button')
        .filter({ hasText: text.split('\n')[0] ?? '' })
        .click()
      const box = page.getByRole('textbox', { name: 'Message' })
      if ((await box.inputValue()) !== '') await box.press('Enter')
      await page.getByRole('button', { name: 'Copy answer' }).waitFor()
      const answer = await page.getByRole('main').innerText()
      if (/give no answer|cannot answer|did not understand/.test(answer)) declined.push(text)
    }
    expect(declined).toEqual([])
    await page.context().close()
  })

  test('two tabs on one thread stay in step', async () => {
    const { page } = await openTab(browser)
    await page.goto('/')
    await ask(page, question)
    const second = await page.context().newPage()
    await second.goto(page.url())
    await second.getByRole('button', { name: 'Copy answer' }).waitFor()
    await ask(page, 'How many orders in 1997?')
    await second.getByText('408').first().waitFor()
    await ask(second, 'How many customers do we have?')
    await page.getByText('91').first().waitFor()
    expect(await page.getByRole('button', { name: 'Later version' }).count()).toBe(0)
    await page.context().close()
  })
})
