import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible, launch, openTab, type Tab } from './browser.ts'
import { openHouse, signIn, type House } from './house.ts'

const log = Array.from({ length: 60 }, (_, i) => `line ${i} of the log`).join('\n')

const field = (page: Page) => page.getByRole('textbox', { name: 'Message' })
const answered = (page: Page, n: number) =>
  page
    .getByRole('button', { name: 'Copy answer' })
    .nth(n - 1)
    .waitFor({ timeout: 30_000 })

/** Pastes as a person does. */
async function paste(page: Page, text: string) {
  await field(page).evaluate((box, given) => {
    const data = new DataTransfer()
    data.setData('text/plain', given)
    box.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, text)
}

describe('the composer', () => {
  let tab: Tab
  let page: Page
  let close: () => Promise<void>
  beforeAll(async () => {
    const browser = await launch()
    close = () => browser.close()
    tab = await openTab(browser)
    page = tab.page
    await page.goto('/')
    await field(page).waitFor()
  })
  afterAll(() => close())

  it('grows with its text, and Shift and Enter begin a line', async () => {
    const height = async () => (await field(page).boundingBox())?.height ?? 0
    const before = await height()
    await field(page).pressSequentially('one')
    await field(page).press('Shift+Enter')
    await field(page).pressSequentially('two')
    expect(await field(page).inputValue()).toBe('one\ntwo')
    expect(await height()).toBeGreaterThan(before)
    await field(page).fill('')
  })

  it('keeps a long paste as a chip, over a reload, and with the question in the thread', async () => {
    await paste(page, log)
    await page.getByRole('button', { name: 'Open Pasted text' }).waitFor()
    await page.reload()
    await page.getByRole('button', { name: 'Open Pasted text' }).waitFor()
    await expectAccessible(page, 'a chip')
    await field(page).fill('How many orders are there?')
    await field(page).press('Enter')
    await answered(page, 1)
    await page.getByText('I cannot read what is attached').waitFor()
    await page.reload()
    await answered(page, 1)
    await page.getByRole('button', { name: 'Open Pasted text' }).click()
    const dialog = page.getByRole('dialog', { name: 'Pasted text' })
    expect(await dialog.getByRole('region').textContent()).toBe(log)
    await expectAccessible(page, 'the text of a chip')
    await page.keyboard.press('Escape')
  })

  it('attaches resources, which are in the thread as they were', async () => {
    await page.getByRole('button', { name: 'Attach', exact: true }).click()
    await page.getByRole('button', { name: /^Database schema/ }).waitFor()
    await expectAccessible(page, 'what can be attached')
    await page.getByRole('button', { name: /^Table or view/ }).click()
    await page.getByRole('textbox', { name: 'name' }).fill('Order Details')
    await page.keyboard.press('Enter')
    await field(page).fill('And how many customers?')
    await field(page).press('Enter')
    await answered(page, 2)
    await page.getByRole('button', { name: 'Open Northwind → Table or view: Order Details' }).click()
    await page.getByText('northwind://tables/Order%20Details, as it was when this was asked').waitFor()
    expect(await page.getByRole('dialog').getByRole('region').textContent()).toContain('Discount')
    await page.keyboard.press('Escape')
  })

  it('keeps what was attached when the question is asked otherwise', async () => {
    await page.getByRole('button', { name: 'Edit question' }).last().click()
    await page.getByRole('textbox', { name: 'Your question' }).fill('And how many products?')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 2, name: 'And how many products?' }).waitFor()
    await answered(page, 2)
    await page.reload()
    await answered(page, 2)
    await page.getByRole('button', { name: 'Open Northwind → Table or view: Order Details' }).waitFor()
    expect(tab.troubles).toEqual([])
  })
})

describe('with a model', () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse({ provider: true })
  })
  afterAll(() => house.close())

  it('holds what is written while an answer is until it is done, over a reload, or is stopped', async () => {
    const { page } = await signIn(house)
    await field(page).fill('fake:slow')
    await field(page).press('Enter')
    await page.getByRole('button', { name: 'Stop the answer' }).waitFor()
    await field(page).fill('hello')
    await field(page).press('Enter')
    const queue = page.getByRole('list', { name: 'Waiting to be sent' })
    await queue.getByText('Sent when the answer is done').waitFor()
    await expectAccessible(page, 'a queue')
    await page.reload()
    await queue.getByText('Sent when the answer is done').waitFor()
    await page.getByRole('button', { name: 'Stop the answer' }).click()
    await queue.getByText('Held, since the answer was stopped').waitFor()
    await queue.getByRole('button', { name: 'Send now' }).click()
    await page.getByRole('heading', { level: 2, name: 'hello' }).waitFor()
    await queue.waitFor({ state: 'detached' })
  })
})
