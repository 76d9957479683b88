import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAlone, type Alone } from './alone.ts'
import { expectAccessible, launch } from './browser.ts'
import { send } from './house.ts'

let alone: Alone
let browser: Browser
beforeAll(async () => {
  alone = await openAlone()
  browser = await launch()
})
afterAll(async () => {
  await browser.close()
  await alone.close()
})

const looks: [string, BrowserContextOptions][] = [
  ['in light', {}],
  ['in dark', { colorScheme: 'dark' }],
  ['on a phone', { viewport: { width: 390, height: 844 }, hasTouch: true }],
]

async function open(options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ baseURL: alone.base, locale: 'en-US', ...options })
  return context.newPage()
}

const update = 'fake:call stock__update {"query":"UPDATE Products SET UnitPrice = 0"}'
const call = (page: Page) => page.getByRole('group', { name: /^Stock wants to run/ })
const list = (page: Page) => page.getByRole('list', { name: 'Approvals' })
const revokeOf = (page: Page) =>
  list(page).getByRole('button', { name: 'Revoke the approval of update on Stock' })
const nothing = (page: Page) =>
  page.getByRole('heading', { name: 'You have approved nothing for longer than a call' })

/** Approves a call for its thread, and goes to the page that lists that. */
async function grant(page: Page) {
  await page.goto('/')
  await send(page, update)
  await call(page).getByRole('radio', { name: 'Just once' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: 'Copy answer' }).waitFor()
  const thread = page.url()
  await page.goto('/approvals')
  await revokeOf(page).waitFor()
  return thread
}

describe('the page of approvals', () => {
  test.each(looks)('says that there is nothing, %s', async (look, options) => {
    const page = await open(options)
    await page.goto('/approvals')
    await nothing(page).waitFor()
    await expectAccessible(page, `no approvals ${look}`)
    await page.context().close()
  })

  test.each(looks)(
    'lists what was approved, and keeps what could not be taken back, %s',
    async (look, options) => {
      const page = await open(options)
      const thread = await grant(page)
      const row = list(page).getByRole('listitem')
      expect(await row.count()).toBe(1)
      expect(await row.innerText()).toMatch(/^Stock\s+update\s+In the thread .+, since .+\s+Revoke$/)
      expect(await row.getByRole('link').getAttribute('href')).toBe(new URL(thread).pathname)
      expect(Date.parse((await row.locator('time').getAttribute('datetime')) ?? '')).not.toBeNaN()
      await expectAccessible(page, `approvals ${look}`)

      // The server does not answer: that is said, and the approval is still there to be taken back.
      await page.route('**/api/approvals/*', (route) => route.abort())
      await revokeOf(page).click()
      const sure = page.getByRole('group', { name: 'Revoke the approval of update on Stock' })
      await expectAccessible(page, `asked once more ${look}`)
      const name = await row.getByText('Stock', { exact: true }).boundingBox()
      const when = await row.locator('time').boundingBox()
      expect((when?.y ?? Infinity) - (name?.y ?? 0), 'the row is squeezed').toBeLessThan(100)
      await sure.getByRole('button', { name: 'Revoke' }).click()
      await page.getByText('The approval of update could not be revoked. Try again.').first().waitFor()
      expect(await row.count()).toBe(1)
      await page.unroute('**/api/approvals/*')

      await sure.getByRole('button', { name: 'Revoke' }).click()
      await nothing(page).waitFor()
      const lost = () => page.evaluate(() => document.activeElement === document.body)
      await expect.poll(lost).toBe(false)

      // The next call in that thread asks again.
      await page.goto(thread)
      await send(page, update)
      await call(page).getByRole('button', { name: 'Deny' }).click()
      await page.getByRole('button', { name: 'Copy answer' }).nth(1).waitFor()
      await page.context().close()
    },
  )
})
