import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAlone, type Alone } from './alone.ts'
import { launch } from './browser.ts'
import { ask, send } from './house.ts'

let browser: Browser
let alone: Alone
beforeAll(async () => {
  browser = await launch()
  alone = await openAlone()
})
afterAll(async () => {
  await browser.close()
  await alone.close()
})

/** Notes what every live place of the page says, from now on, once for each time that it changes. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const said: string[] = []
    Object.assign(window, { said })
    const live =
      '[role=status], [role=alert], [role=log]:not([aria-live=off]), [aria-live=polite], [aria-live=assertive]'
    new MutationObserver((changes) => {
      const places = new Set(
        changes.map(({ target }) =>
          (target instanceof Element ? target : target.parentElement)?.closest(live),
        ),
      )
      for (const place of places) {
        const words = place?.textContent?.trim()
        if (words !== undefined && words !== '' && words !== said.at(-1)) said.push(words)
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  return () => page.evaluate(() => (window as unknown as { said: string[] }).said.splice(0))
}

describe('who hears the page', { timeout: 120_000 }, () => {
  test('is told that an answer begins, waits, ends and fails, and none of its words', async () => {
    const context = await browser.newContext({ baseURL: alone.base, locale: 'en-US' })
    const page = await context.newPage()
    await page.goto('/')
    await ask(page, 'A first question')
    const said = await listen(page)

    await send(
      page,
      'fake:call stock__update {"query":"UPDATE Products SET UnitPrice = 0 WHERE ProductID = 1"}',
    )
    const approve = page.getByRole('button', { name: 'Approve and run' })
    await approve.waitFor()
    await expect.poll(() => page.locator('[data-announces]').textContent()).toMatch(/needs your approval/)
    await approve.press('Enter')
    await page.getByRole('button', { name: 'Copy answer' }).nth(1).waitFor()
    await expect.poll(() => page.locator('[data-announces]').textContent()).toBe('Answer complete.')
    expect(await said()).toEqual([
      'Answering.',
      'The answer waits for you: Stock wants to run update and needs your approval.',
      'Sending…',
      'Answering.',
      'Answer complete.',
    ])

    // Two hundred pieces of text.
    await send(page, Array.from({ length: 200 }, (_, i) => `word${i}`).join(' '))
    await page.getByRole('button', { name: 'Copy answer' }).nth(2).waitFor()
    await expect.poll(() => page.locator('[data-announces]').textContent()).toBe('Answer complete.')
    expect(await said()).toEqual(['Answering.', 'Answer complete.'])

    await send(page, 'fake:slow')
    await page.getByRole('button', { name: 'Stop the answer' }).press('Enter')
    await page.getByRole('button', { name: 'Continue' }).waitFor()
    await expect.poll(() => page.locator('[data-announces]').textContent()).toBe('Answer stopped.')
    expect(await said()).toEqual(['Answering.', 'Answer stopped.'])

    await send(page, 'fake:quota')
    await expect
      .poll(() => page.locator('[data-announces]').textContent(), { timeout: 20_000 })
      .toMatch(/^No answer\. /)
    expect(await said()).toEqual(['Answering.', expect.stringMatching(/^No answer\. /)])
    await context.close()
  })
})
