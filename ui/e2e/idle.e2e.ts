import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, openTab } from './browser.ts'
import { ask, openHouse, signIn, type House } from './house.ts'

let browser: Browser
let house: House
beforeAll(async () => {
  browser = await launch()
  house = await openHouse()
})
afterAll(async () => {
  await browser.close()
  await house.close()
})

/** What a reading of the thread on view cost: bytes over the wire, and bytes of JSON that the page got. */
interface Reading {
  sent: number
  coded: number
  plain: number
}

const readings = (page: Page): Promise<Reading[]> =>
  page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter((e) => e instanceof PerformanceResourceTiming)
      .filter((e) => /\/api\/threads\/[^/]+$/.test(e.name))
      .map((e) => ({ sent: e.transferSize, coded: e.encodedBodySize, plain: e.decodedBodySize })),
  )

/** Has the page read its thread again, as when one comes back to it, and counts what was drawn anew meanwhile. */
async function readAgain(page: Page): Promise<number> {
  const before = (await readings(page)).length
  await page.evaluate(() => {
    document.documentElement.dataset['drawn'] = '0'
    const main = document.querySelector('main')
    const count = (all: MutationRecord[]) => {
      const { dataset } = document.documentElement
      dataset['drawn'] = String(Number(dataset['drawn']) + all.length)
    }
    if (main)
      new MutationObserver(count).observe(main, { childList: true, subtree: true, characterData: true })
  })
  await expect
    .poll(
      async () => {
        await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')))
        return (await readings(page)).length
      },
      { interval: 400, timeout: 15_000 },
    )
    .toBeGreaterThan(before)
  return Number(await page.evaluate(() => document.documentElement.dataset['drawn']))
}

const question = 'What were our sales by year?'

describe('an idle thread', () => {
  test('is not sent again, nor drawn again, when it is read again', async () => {
    const { page, troubles } = await openTab(browser)
    await page.goto('/')
    await ask(page, question)
    await page.reload()
    await page.getByRole('button', { name: 'Copy answer' }).waitFor()
    expect(await readAgain(page)).toBe(0)
    const [first, again] = await readings(page)
    expect(again?.plain).toBe(first?.plain)
    expect(again?.sent).toBeLessThan(600)
    expect(again?.plain).toBeGreaterThan(2_000)
    // What another device says is there with the next reading.
    const id = new URL(page.url()).pathname.split('/').at(-1)
    await page.request.patch(`/api/threads/${id}`, { data: { title: 'Renamed on the phone' } })
    await readAgain(page)
    await page.getByRole('heading', { level: 1, name: 'Renamed on the phone' }).waitFor()
    expect(troubles).toEqual([])
    await page.context().close()
  })

  test('comes compressed through the gateway, and is not sent again', async () => {
    const { page, troubles } = await signIn(house)
    await ask(page, question)
    await page.reload()
    await page.getByRole('button', { name: 'Copy answer' }).waitFor()
    await readAgain(page)
    const [first, again] = await readings(page)
    expect(first?.coded).toBeLessThan((first?.plain ?? 0) / 2)
    expect(again?.plain).toBe(first?.plain)
    expect(again?.sent).toBeLessThan(600)
    expect(troubles).toEqual([])
    await page.context().close()
  })
})
