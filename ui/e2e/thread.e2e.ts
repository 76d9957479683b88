import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest'
import { openAlone, type Alone } from './alone.ts'
import { expectAccessible, launch } from './browser.ts'
import { ask, send } from './house.ts'

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

/** A move of what is on the page that nobody asked for; see the Layout Instability API. */
interface Shift {
  sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[]
}

async function open(options: BrowserContextOptions = {}): Promise<{ page: Page; exceptions: string[] }> {
  const context = await browser.newContext({ baseURL: alone.base, locale: 'en-US', ...options })
  const page = await context.newPage()
  const exceptions: string[] = []
  page.on('pageerror', (e) => exceptions.push(e.message))
  onTestFailed(async () => {
    if (!page.isClosed()) process.stderr.write(`${page.url()}\n${await page.locator('body').innerText()}\n`)
  })
  await page.goto('/')
  await page.getByRole('textbox', { name: 'Message' }).waitFor()
  return { page, exceptions }
}

/** A question that the fake provider says back, word by word, for as many words; the last is “end”. */
const long = (words: number) => [...Array.from({ length: words }, (_, i) => `w${i}`), 'end'].join(' ')

/** What the last answer says. */
const prose = (page: Page) => page.locator('.answer .prose').last()
const wordsOf = async (page: Page) => (await prose(page).innerText()).split(/\s+/).length

/** Waits until the last answer has at least so many words. */
async function written(page: Page, words: number) {
  await expect.poll(() => wordsOf(page), { timeout: 30_000, interval: 50 }).toBeGreaterThanOrEqual(words)
}

/** Begins an answer that goes on for minutes, and waits for its first words. */
async function begin(page: Page) {
  await send(page, 'fake:slow')
  await page.locator('.answer .prose').last().waitFor()
  await written(page, 5)
}

const stop = (page: Page) => page.getByRole('button', { name: 'Stop the answer' }).click()
const goOn = (page: Page) => page.getByRole('button', { name: 'Continue' })

/** The box in which what is said scrolls. */
const scroller = (page: Page) => page.locator('.transcript__scroll')
const restOf = (page: Page) =>
  scroller(page).evaluate((box) => box.scrollHeight - box.clientHeight - box.scrollTop)

describe('an answer that is being written', () => {
  test('is stopped, and continued in the same place', async () => {
    const { page, exceptions } = await open()
    await begin(page)
    await stop(page)
    await goOn(page).waitFor()
    const half = await prose(page).innerText()
    expect(half).toMatch(/^slowly slowly/)
    await expectAccessible(page, 'stopped')
    await goOn(page).click()
    await page.getByText('and this is the rest.').waitFor()
    await page.getByRole('button', { name: 'Copy answer' }).waitFor()
    expect(await page.getByRole('main').innerText()).toContain(half.trim())
    expect(await page.getByRole('group', { name: /^Version/ }).count()).toBe(0)
    expect(await page.getByRole('article').count()).toBe(1)
    expect(exceptions).toEqual([])
    await page.context().close()
  })

  test('does not pull down who reads further up, and leads back on demand', async () => {
    const { page, exceptions } = await open({ viewport: { width: 900, height: 500 } })
    await begin(page)
    await written(page, 300)
    await expect.poll(() => restOf(page)).toBeLessThan(40)
    await scroller(page).hover()
    await page.mouse.wheel(0, -250)
    await expect.poll(() => restOf(page)).toBeGreaterThan(100)
    const place = await scroller(page).evaluate((box) => box.scrollTop)
    await written(page, (await wordsOf(page)) + 120)
    expect(await scroller(page).evaluate((box) => box.scrollTop)).toBe(place)

    await page.getByRole('button', { name: 'Jump to latest' }).click()
    await expect.poll(() => restOf(page)).toBeLessThan(40)
    await written(page, (await wordsOf(page)) + 120)
    expect(await restOf(page)).toBeLessThan(40)
    await stop(page)
    expect(exceptions).toEqual([])
    await page.context().close()
  })

  test('moves nothing that was there before', async () => {
    const { page } = await open()
    await ask(page, 'A first question')
    await send(page, long(150))
    await page.locator('.answer .prose').nth(1).waitFor()
    await written(page, 10)
    await page.evaluate(() => {
      const moved: string[] = []
      Object.assign(window, { moved })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & Shift)[]) {
          for (const { node, previousRect: was, currentRect: is } of entry.sources) {
            // The newest word goes to where the next one stands, in the next line perhaps.
            const aLine = 24
            const text = [...document.querySelectorAll('.answer .prose')].at(-1)
            // The list of threads beside it tells the time in place of a ring, once it is done.
            if (node !== null && !document.querySelector('main')?.contains(node)) continue
            if ((node === null || text?.contains(node)) && Math.abs(is.y - was.y) <= aLine) continue
            const what = node instanceof Element ? node.className : (node?.textContent ?? '').slice(0, 40)
            moved.push(`${what}: ${was.x},${was.y} to ${is.x},${is.y}`)
          }
        }
      }).observe({ type: 'layout-shift' })
    })
    await page.getByRole('button', { name: 'Copy answer' }).nth(1).waitFor()
    expect(await page.evaluate(() => (window as unknown as { moved: string[] }).moved)).toEqual([])
    await page.context().close()
  })

  test('is the same in two tabs, and each can stop it', async () => {
    const { page, exceptions } = await open()
    await begin(page)
    await page.waitForURL(/\/t\/thr_/)
    const second = await page.context().newPage()
    await second.goto(page.url())
    await second.locator('.answer .prose').last().waitFor()
    await written(second, await wordsOf(page))
    await written(page, (await wordsOf(second)) + 20)
    await written(second, await wordsOf(page))
    await stop(second)
    await goOn(page).waitFor()
    await goOn(second).waitFor()
    expect(await prose(page).innerText()).toBe(await prose(second).innerText())
    expect(exceptions).toEqual([])
    await page.context().close()
  })

  test('is there whole when the network comes back after a cut in its middle', async () => {
    const { page, exceptions } = await open()
    const question = long(300)
    await send(page, question)
    await page.locator('.answer .prose').last().waitFor()
    await written(page, 10)
    await page.waitForURL(/\/t\/thr_/)
    const api = page.url().replace('/t/', '/api/threads/')
    await page.context().setOffline(true)
    // It is written to its end while nobody can see it.
    const ended = async () => !(await (await fetch(api)).text()).includes('"activeRunId"')
    await expect.poll(ended, { timeout: 40_000, interval: 200 }).toBe(true)
    await page.context().setOffline(false)
    await page.getByRole('button', { name: 'Copy answer' }).waitFor()
    expect((await prose(page).innerText()).trim()).toBe(`You said: ${question}`)
    expect(await page.getByRole('article').count()).toBe(1)
    expect(exceptions).toEqual([])
    await page.context().close()
  })
})

describe('versions', () => {
  test('come of an edited question and of an answer given anew, and one steps through them', async () => {
    const { page, exceptions } = await open()
    await ask(page, 'The first wording')
    await page.getByRole('button', { name: 'Edit question' }).click()
    await page.getByRole('textbox', { name: 'Your question' }).fill('The second wording')
    await page.getByRole('button', { name: 'Ask again' }).click()
    await page.getByText('You said: The second wording').waitFor()
    await page.getByRole('group', { name: 'Version 2 of 2' }).waitFor()
    await expectAccessible(page, 'versions')
    await page.getByRole('button', { name: 'Earlier version' }).click()
    await page.getByText('You said: The first wording').waitFor()
    expect(await page.getByText('You said: The second wording').count()).toBe(0)

    // The version on view is the one that is gone on with, and found again.
    await page.getByRole('button', { name: 'Answer again' }).click()
    await expect.poll(() => page.getByRole('group', { name: /^Version \d of 2/ }).count()).toBe(2)
    await page.getByRole('button', { name: 'Copy answer' }).waitFor()
    await page.reload()
    await page.getByText('You said: The first wording').waitFor()
    expect(await page.getByRole('group', { name: /^Version/ }).count()).toBe(2)
    expect(exceptions).toEqual([])
    await page.context().close()
  })
})

describe('a call that may change something', () => {
  const update = 'fake:call stock__update {"query":"UPDATE Products SET UnitPrice = 0"}'
  const box = (page: Page) => page.getByRole('group', { name: /^Stock wants to run/ })
  const waits = async (page: Page) => {
    await send(page, update)
    await box(page).getByRole('button', { name: 'Approve and run' }).waitFor()
  }
  const answered = async (page: Page, n: number) => {
    await page
      .getByRole('button', { name: 'Copy answer' })
      .nth(n - 1)
      .waitFor()
  }
  const anew = async (page: Page) => {
    await page.goto('/')
    await page.getByRole('textbox', { name: 'Message' }).waitFor()
  }

  test('is approved by the keyboard, edited, for as long as one chooses; and that is taken back', async () => {
    const { page, exceptions } = await open()
    const { keyboard } = page

    // Once, with other arguments.
    await waits(page)
    await expectAccessible(page, 'approval')
    await box(page).focus()
    await keyboard.press('Tab')
    await keyboard.press('End')
    await keyboard.type(' WHERE ProductID = 1')
    await box(page).getByRole('button', { name: 'Approve as edited' }).waitFor()
    await keyboard.press('Control+Enter')
    await answered(page, 1)
    await page
      .getByRole('button', { name: /update/ })
      .last()
      .click()
    await page.getByText('arguments edited by you').waitFor()
    await page.getByText('approved by you, once').waitFor()

    // The next is asked for again; now for the thread.
    await waits(page)
    await box(page).getByRole('radio', { name: 'Just once' }).focus()
    await keyboard.press('ArrowRight')
    await page.getByText(/run without asking, in this thread/).waitFor()
    await keyboard.press('Control+Enter')
    await answered(page, 2)
    await ask(page, update)

    // Another thread asks; now for good.
    await anew(page)
    await waits(page)
    await box(page).getByRole('radio', { name: 'Just once' }).focus()
    await keyboard.press('ArrowLeft')
    await page.getByText(/run without asking, in all of your threads/).waitFor()
    await keyboard.press('Control+Enter')
    await answered(page, 1)
    await anew(page)
    await ask(page, update)

    // Both are listed, and taken back.
    await page.goto('/approvals')
    const list = page.getByRole('list', { name: 'Approvals' })
    await list.getByText('In all of your threads').waitFor()
    expect(await list.getByRole('listitem').count()).toBe(2)
    await expectAccessible(page, 'approvals')
    for (let left = 1; left >= 0; left--) {
      await list.getByRole('button', { name: 'Revoke the approval of update on Stock' }).first().focus()
      await keyboard.press('Enter')
      await page.getByText('Calls of update will ask you again.').waitFor()
      await page.getByRole('button', { name: 'Revoke', exact: true }).press('Enter')
      await expect.poll(() => list.getByRole('listitem').count()).toBe(left)
    }
    await page.getByText('You have approved nothing for longer than a call').waitFor()
    await anew(page)
    await waits(page)
    await box(page).getByRole('button', { name: 'Deny' }).press('Enter')
    await answered(page, 1)
    expect(exceptions).toEqual([])
    await page.context().close()
  })
})
