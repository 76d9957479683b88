import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openAlone, type Alone } from './alone.ts'
import { expectAccessible, launch, openTab } from './browser.ts'

const field = (page: Page) => page.getByRole('textbox', { name: 'Message' })
const palette = (page: Page) => page.getByRole('combobox', { name: 'Search threads and commands' })
const gauge = (page: Page) => page.getByRole('button', { name: /^Context: \d+% full$/ })

async function ask(page: Page, question: string) {
  await field(page).fill(question)
  await field(page).press('Enter')
  await page.getByRole('heading', { level: 2, name: question, exact: true }).waitFor()
}

/** Opens the palette and looks for something in it. */
async function find(page: Page, words: string) {
  await page.keyboard.press('Control+k')
  await palette(page).fill(words)
}

describe('the frame around a thread', () => {
  let alone: Alone
  let page: Page
  let close: () => Promise<void>
  beforeAll(async () => {
    alone = await openAlone({ pace: '0s' })
    const browser = await launch()
    close = () => browser.close()
    page = (await openTab(browser, { baseURL: alone.base })).page
    // How much models can read is known of OpenAI's own alone, not of those at another address.
    await page.route('**/api/models', async (route) => {
      const models: object[] = await (await route.fetch()).json()
      await route.fulfill({ json: models.map((model) => ({ ...model, contextTokens: 100_000 })) })
    })
    await page.goto('/')
    await field(page).waitFor()
  })
  afterAll(async () => {
    await close()
    await alone.close()
  })

  it('tells after an answer how full the context is, by keyboard', async () => {
    await ask(page, 'fake:text the first')
    await gauge(page).waitFor()
    await gauge(page).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('meter', { name: /^Context of / }).waitFor()
    await page.getByText('This thread in all').waitFor()
    await expectAccessible(page, 'the gauge')
    await page.keyboard.press('Escape')
    await page.getByRole('meter').waitFor({ state: 'detached' })
  })

  it('answers with the model that was found and chosen by keyboard', async () => {
    const picker = page.getByRole('button', { name: /^Model: / })
    await picker.focus()
    await page.keyboard.press('Enter')
    const search = page.getByRole('combobox', { name: 'Find a model' })
    await search.waitFor()
    const other = page.getByRole('option', { selected: false }).first()
    const name = ((await other.locator('.trunc').first().textContent()) ?? '').trim()
    await search.fill(name)
    await expectAccessible(page, 'the models')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: `Model: ${name}`, exact: true }).waitFor()
    await ask(page, 'fake:text the second')
    await page
      .getByRole('button', { name: /^From |about|token/ })
      .last()
      .waitFor()
    const id = page.url().split('/').at(-1) ?? ''
    const detail: { settings: { model: string }; messages: { model?: string }[] } = await (
      await page.request.get(`/api/threads/${id}`)
    ).json()
    expect(detail.messages.at(-1)?.model).toBe(detail.settings.model)
    expect(detail.messages[1]?.model).not.toBe(detail.settings.model)
  })

  it('counts down where the provider says how long to wait', async () => {
    await ask(page, 'fake:rate-limit')
    const again = page.getByRole('button', { name: /^Try again in \d+ s$/ })
    await again.waitFor()
    expect(await again.getAttribute('aria-disabled')).toBe('true')
  })

  it('goes to a thread and runs a command from the palette, without a mouse', async () => {
    await find(page, 'new thread')
    await page.getByRole('option', { name: /^New thread/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(`${alone.base}/`)
    await find(page, 'fake:text')
    await page.getByRole('option', { name: /fake:text the first/ }).waitFor()
    await expectAccessible(page, 'the palette')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/t\//)
    await page.getByRole('heading', { level: 2, name: 'fake:text the first' }).waitFor()
  })

  it('shows its keys, and leaves with Escape', async () => {
    await find(page, 'help')
    await page.getByRole('option', { name: /^Keyboard shortcuts/ }).waitFor()
    await page.keyboard.press('Enter')
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await sheet.getByText('Commands and threads').waitFor()
    await expectAccessible(page, 'the sheet of keys')
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
  })

  it('keeps the theme that was chosen in the menu, over a reload', async () => {
    await page.getByRole('button', { name: /^Account of / }).click()
    await page.getByRole('menuitemradio', { name: 'Dark' }).click()
    await page.getByText(/^Version /).waitFor()
    await page.keyboard.press('Escape')
    await page.reload()
    await field(page).waitFor()
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')
  })

  it('leaves out for the next question what is switched off in the thread', async () => {
    const missing = page.getByText('asked for a tool that does not exist')
    await ask(page, 'fake:call stock__list_tables')
    // Nobody vouches for Stock, so its tool asks; without Stock there is nothing to ask for.
    await page.getByRole('button', { name: 'Deny' }).click()
    await page.getByRole('button', { name: 'Stop the answer' }).waitFor({ state: 'detached' })
    expect(await missing.count()).toBe(0)
    await page.getByRole('button', { name: /^Servers for/ }).click()
    await page.getByRole('switch', { name: 'Use Stock in this thread' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^Servers \d/ }).waitFor()
    await ask(page, 'fake:call stock__list_tables {}')
    await missing.first().waitFor()
  })

  it('leaves out a tool that is switched off in the panel, until it is switched on again', async () => {
    const missing = page.getByText('asked for a tool that does not exist')
    const panel = page.getByRole('complementary', { name: 'Servers and tools' })
    const tool = panel.getByRole('switch', { name: 'Use list_tables in this thread' }).first()
    const before = await missing.count()
    await page.getByRole('button', { name: /^Servers \d/ }).click()
    await tool.click()
    await expect.poll(() => tool.getAttribute('aria-checked')).toBe('false')
    await ask(page, 'fake:call northwind__list_tables {} once')
    await expect.poll(() => missing.count()).toBeGreaterThan(before)
    const after = await missing.count()
    await tool.click()
    await expect.poll(() => tool.getAttribute('aria-checked')).toBe('true')
    await ask(page, 'fake:call northwind__list_tables {} twice')
    await page.getByRole('button', { name: 'Stop the answer' }).waitFor({ state: 'detached' })
    expect(await missing.count()).toBe(after)
    await page.getByRole('button', { name: /^Servers \d/ }).click()
    await panel.waitFor({ state: 'detached' })
  })

  it('says that there is no network, and goes on when there is', async () => {
    await page.context().setOffline(true)
    await page.getByText('You are offline.').waitFor()
    await expectAccessible(page, 'offline')
    await page.context().setOffline(false)
    await page.getByText('You are offline.').waitFor({ state: 'detached' })
  })

  it('opens its parts as sheets on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.getByRole('button', { name: 'Threads' }).click()
    await page.getByRole('dialog', { name: 'Threads' }).waitFor()
    await expectAccessible(page, 'the threads on a phone')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^Model: / }).click()
    await page.getByRole('dialog', { name: 'Model for the next question' }).waitFor()
    await expectAccessible(page, 'the models on a phone')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: /^Servers \d/ }).click()
    await page.getByRole('dialog', { name: 'Servers and tools' }).waitFor()
    await expectAccessible(page, 'the servers on a phone')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await gauge(page).click()
    await page.getByRole('meter').waitFor()
    await expectAccessible(page, 'the gauge on a phone')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  })

  it('says on a page that does not exist that there is no network', async () => {
    await page.setViewportSize({ width: 1280, height: 720 })
    await page.goto('/nowhere')
    await page.getByRole('heading', { level: 1, name: 'There is no page here' }).waitFor()
    await page.context().setOffline(true)
    await page.getByText('You are offline.').waitFor()
    await expectAccessible(page, 'no page, offline')
  })
})
