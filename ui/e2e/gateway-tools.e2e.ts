import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './browser.ts'
import { ann, ask, openHouse, send, signIn, untilHeld, type House } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ provider: true })
})
afterAll(() => house.close())

const sql = "SELECT CompanyName FROM Customers WHERE Country = 'Norway'"
/** Two steps of a model: list the tables, then read. */
const chain = `fake:chain db__list_tables {}\ndb__read_query ${JSON.stringify({ query: sql })}`

const done = (page: Page) => page.getByRole('button', { name: 'Copy answer' }).last().waitFor()
const reads = async () => (await house.seen()).filter((s) => s.tool === 'read_query').map((s) => s.outcome)

describe('a token that runs out in the middle of an answer', () => {
  /** Asks, and lets the second call stay on its way until the token has run out. */
  async function outlast(page: Page) {
    await house.control('/hold', { tool: 'read_query' })
    await send(page, chain)
    await untilHeld(house)
    await house.control('/advance', { by: '6m' })
  }

  test('is replaced by the page, and the answer goes on by itself', async () => {
    const { page, context, troubles } = await signIn(house)
    await outlast(page)
    const before = (await reads()).length
    await house.control('/release')
    await done(page)
    expect(await page.getByRole('main').innerText()).toContain('Santé Gourmet')
    expect((await reads()).slice(before)).toEqual(['unknown', 'passed'])
    expect(troubles).toEqual([])
    await context.close()
  })

  test.each([
    ['while nobody looks, until the page is opened again', false],
    ['even if pomchat is killed meanwhile', true],
  ])('is waited for %s', async (_, crash) => {
    const { page, context } = await signIn(house)
    await outlast(page)
    await page.waitForURL(/\/t\/thr_/)
    const address = page.url()
    await page.close()
    const before = (await reads()).length
    await house.control('/release')
    // It waits: stored, refused once, and not asked again.
    const raw = await context.newPage()
    const stored = async () => {
      await raw.goto(address.replace('/t/', '/api/threads/'))
      return raw.locator('body').innerText()
    }
    await expect.poll(stored, { timeout: 30_000, interval: 100 }).toContain('"state":"waiting"')
    await raw.close()
    if (crash) await house.control('/crash')
    expect((await reads()).slice(before)).toEqual(['unknown'])
    const again = await context.newPage()
    await again.goto(address)
    await done(again)
    expect(await again.getByRole('main').innerText()).toContain('Santé Gourmet')
    expect((await reads()).slice(before)).toEqual(['unknown', 'passed'])
    await context.close()
  })

  // On a phone no list of threads is on view that would find out by itself.
  test.each([
    ['a wide window', { width: 1280, height: 720 }],
    ['a phone', { width: 390, height: 844 }],
  ])(
    'is asked for at sign-in where the session has ended too, and the answer goes on: %s',
    async (_, viewport) => {
      const { page, context } = await signIn(house, ann, { viewport })
      await house.control('/hold', { tool: 'read_query' })
      await send(page, chain)
      await untilHeld(house)
      await house.control('/end', { user: ann.id })
      await house.control('/release')
      await page.getByRole('status').getByRole('button', { name: 'Sign in again' }).click()
      await page.getByRole('button', { name: ann.button }).click()
      await done(page)
      expect(await page.getByRole('main').innerText()).toContain('Santé Gourmet')
      await context.close()
    },
  )
})

describe('a session that ends before the page has seen anything of an answer', () => {
  test('is said as well, and the answer is there after signing in', async () => {
    const { page, context } = await signIn(house, ann, { viewport: { width: 390, height: 844 } })
    await house.control('/hold', { tool: 'read_query' })
    let ended = false
    await page.route(/\/events\?after=0$/, async (route) => {
      if (!ended) {
        await untilHeld(house)
        await house.control('/end', { user: ann.id })
        await house.control('/release')
        ended = true
      }
      await route.continue()
    })
    await send(page, chain)
    await page.getByRole('status').getByRole('button', { name: 'Sign in again' }).click()
    await page.getByRole('button', { name: ann.button }).click()
    await done(page)
    expect(await page.getByRole('main').innerText()).toContain('Santé Gourmet')
    await context.close()
  })
})

describe('what the gateway does not let through', () => {
  test('a tool that policy denies is told with the id of the request, and the answer goes on', async () => {
    const { page, context, troubles } = await signIn(house, ann, {
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    await send(page, 'fake:call db__update {"table": "Products", "set": "Discontinued = 1"}')
    await page.getByRole('button', { name: 'Approve and run' }).click()
    await page.getByRole('heading', { name: 'Blocked by policy at the gateway' }).waitFor()
    await done(page)
    const denied = (await house.seen()).filter((s) => s.tool === 'update')
    expect(denied.map((s) => s.outcome)).toEqual(['denied'])
    await page.getByText(denied[0]?.request ?? '?', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Copy request id' }).click()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(denied[0]?.request)
    await expectAccessible(page, 'blocked by policy')
    expect(troubles).toEqual([])
    await context.close()
  })

  test('a call that is too long for it is told as that', async () => {
    const { page, context } = await signIn(house)
    await ask(
      page,
      `fake:call db__read_query ${JSON.stringify({ query: `${sql} -- ${'x'.repeat(40_000)}` })}`,
    )
    await page
      .getByText(/the call is too long for it, or for the gateway before it/)
      .first()
      .waitFor()
    expect((await reads()).at(-1)).not.toBe('denied')
    expect((await house.seen()).filter((s) => s.outcome === 'too long').length).toBe(1)
    await context.close()
  })

  test('a denial that looks like a login is asked for no more often than the person tries', async () => {
    const { page, context } = await signIn(house)
    await ask(page, `fake:call db__list_tables`)
    await house.control('/forbid', { host: 'db.localhost', on: 'true' })
    const before = (await house.seen()).length
    await send(page, `fake:call db__read_query ${JSON.stringify({ query: sql })}`)
    const card = page.getByRole('group', { name: /^Northwind wants to know your account/ })
    await card.waitFor()
    await card.getByRole('button', { name: 'Try again' }).click()
    await card.getByText(/still does not let you in/).waitFor()
    await card.getByRole('button', { name: 'Try again' }).click()
    await page
      .getByText(/If it is connected, a policy may forbid it: ask whoever runs the gateway/)
      .first()
      .waitFor()
    await done(page)
    const refused = (await house.seen())
      .slice(before)
      .filter((s) => s.host === 'db.localhost' && s.outcome === 'denied')
    expect(refused.length).toBeLessThan(12)
    await house.control('/forbid', { host: 'db.localhost', on: 'false' })
    await context.close()
  })
})
