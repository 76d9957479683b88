import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAlone, type Alone } from './alone.ts'
import { launch } from './browser.ts'
import { ask, send } from './house.ts'

let browser: Browser
let alone: Alone
let page: Page
/** Addresses of a thread with an answer, and of one that waits for an approval. */
let thread = ''
let waiting = ''
beforeAll(async () => {
  browser = await launch()
  alone = await openAlone()
  const context = await browser.newContext({ baseURL: alone.base, locale: 'en-US', reducedMotion: 'reduce' })
  page = await context.newPage()
  await page.goto('/')
  await ask(page, `fake:call northwind__read_query ${JSON.stringify({ query })}`)
  thread = page.url()
  await page.goto('/')
  await send(page, 'fake:call stock__update {"query":"UPDATE Products SET UnitPrice = 0"}')
  await page.getByRole('button', { name: 'Approve and run' }).waitFor()
  waiting = page.url()
})
afterAll(async () => {
  await browser.close()
  await alone.close()
})

/** Takes a picture for who wants to look: `GALLERY=folder`. */
async function picture(name: string) {
  const folder = process.env['GALLERY']
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`) })
}

const wide = { width: 1280, height: 800 }
/** What is left of 1280 by 1024 at 400 %; see WCAG 1.4.10. */
const enlarged = { width: 320, height: 256 }
const query =
  'SELECT CategoryName, COUNT(*) AS n FROM Products JOIN Categories USING (CategoryID) GROUP BY 1 ORDER BY 2 DESC'

/** The states that are looked at in every mode. */
const states: [string, () => Promise<void>][] = [
  ['home', async () => void (await page.goto('/'))],
  [
    'thread',
    async () => {
      await page.goto(thread)
      await page.getByRole('button', { name: 'Copy answer' }).waitFor()
      const line = page.getByRole('button', { name: /^Call 1/ })
      if ((await line.getAttribute('aria-expanded')) === 'false') await line.press('Enter')
      await page.getByRole('tab', { name: 'Chart' }).click()
      await page.getByRole('figure').getByRole('img').waitFor()
    },
  ],
  [
    'approval',
    async () => {
      await page.goto(waiting)
      await page.getByRole('button', { name: 'Approve and run' }).waitFor()
    },
  ],
  [
    'servers',
    async () => {
      await page.goto(thread)
      const button = page.getByRole('button', { name: /^Servers( \d|$)/ }).first()
      if ((await button.getAttribute('aria-expanded')) === 'false') await button.press('Enter')
      await page.getByRole('switch', { name: 'Use Stock in this thread' }).waitFor()
    },
  ],
  [
    'approvals',
    async () => {
      await page.evaluate(() => localStorage.removeItem('pomchat.servers'))
      await page.goto('/approvals')
      await page.getByRole('heading', { level: 1 }).waitFor()
    },
  ],
]

describe('the page', { timeout: 180_000 }, () => {
  test('does not move where less motion is wished for', async () => {
    await page.goto('/')
    await send(page, 'fake:slow')
    await page.waitForURL(/\/t\/thr_/)
    await page.locator('.answer .prose').last().waitFor()
    // Nothing that goes on, and nothing that anybody could see go.
    const moving = () =>
      page.evaluate(() =>
        document.getAnimations().flatMap((one) => {
          const { duration = 0, iterations = 1 } = one.effect?.getTiming() ?? {}
          const shows = Number(duration) > 1 || iterations === Infinity
          const target = one.effect instanceof KeyframeEffect ? one.effect.target : null
          return shows && one.playState === 'running' ? [target?.outerHTML.slice(0, 120) ?? 'something'] : []
        }),
      )
    expect(await moving()).toEqual([])
    await page
      .getByRole('button', { name: /^Servers/ })
      .first()
      .press('Enter')
    expect(await moving()).toEqual([])
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').waitFor()
    expect(await moving()).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Stop the answer' }).click()
    await page.evaluate(() => localStorage.removeItem('pomchat.servers'))
  })

  test('needs no scrolling to the side at 400 %, and nothing is cut off by wider spacing', async () => {
    const found: string[] = []
    for (const [name, show] of states) {
      await page.setViewportSize(enlarged)
      await show()
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      if (wider > 0) found.push(`${name}: ${wider} px too wide at 320 px`)
      await picture(`${name}-enlarged`)
      await page.setViewportSize(wide)
      // WCAG 1.4.12.
      const style = await page.addStyleTag({
        content: `*:not(svg *) { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
          p { margin-bottom: 2em !important }`,
      })
      found.push(...(await page.evaluate(cutOff)).map((one) => `${name}: ${one}`))
      await picture(`${name}-spaced`)
      await style.evaluate((e) => (e as Element).remove())
    }
    expect(found).toEqual([])
  })

  test('gives a thread the whole of a window at 400 %, and the composer when it is gone to', async () => {
    await page.setViewportSize(enlarged)
    await page.goto(thread)
    await page.getByRole('button', { name: 'Copy answer' }).waitFor()
    /** How much of an element can be seen, in pixels from top to bottom. */
    const seen = (e: Element) => {
      const { top, bottom } = e.getBoundingClientRect()
      return Math.round(Math.min(bottom, innerHeight) - Math.max(top, 0))
    }
    const box = page.getByRole('textbox', { name: 'Message' })
    const log = page.getByRole('log')
    await log.focus()
    await expect.poll(() => log.evaluate(seen)).toBe(enlarged.height)
    await picture('thread-low')
    await box.focus()
    await expect.poll(() => box.evaluate((e) => e.getBoundingClientRect().bottom <= innerHeight)).toBe(true)
    await page.keyboard.type('What next?')
    const button = page.getByRole('button', { name: 'Send', exact: true })
    await button.focus()
    await expect
      .poll(() => button.evaluate((e) => e.getBoundingClientRect().bottom <= innerHeight))
      .toBe(true)
    expect(await log.evaluate(seen)).toBeGreaterThan(120)
    await picture('composer-low')
    await box.fill('')
    await page.setViewportSize(wide)
  })

  test('tells its states where the colours are those of the person', async () => {
    await page.setViewportSize(wide)
    await page.emulateMedia({ forcedColors: 'active' })
    const found: Record<string, boolean> = {}
    for (const [name, show] of states) {
      await show()
      if (name === 'thread') {
        const bar = await ground('.chart .bar')
        found['bars of a chart'] = bar !== (await ground('body'))
        found['chosen view'] =
          (await ground('[role=tab][aria-selected=true]', '::after')) !== (await ground('body'))
      }
      if (name === 'approval') {
        const chosen = await ground('.segmented label:has(:checked)')
        found['chosen of several'] = chosen !== (await ground('.segmented label:not(:has(:checked))'))
      }
      if (name === 'servers') {
        const on = await ground('[role=switch][aria-checked=true]')
        const stock = page.getByRole('switch', { name: 'Use Stock in this thread' })
        await stock.click()
        await page.locator('[role=switch][aria-checked=false]').first().waitFor()
        // Its colour is on its way for a moment.
        await page.waitForFunction(() =>
          document.getAnimations().every(({ playState }) => playState !== 'running'),
        )
        found['switches'] = on !== (await ground('[role=switch][aria-checked=false]'))
        await picture('servers-off-forced')
        await stock.click()
      }
      await page.keyboard.press('Tab')
      await picture(`${name}-forced`)
    }
    await page.keyboard.press('Control+k')
    await page.getByRole('option').first().waitFor()
    found['line of the palette'] =
      (await ground('[role=option][aria-selected=true]')) !== (await ground('body'))
    found['edge of a window'] = await page
      .getByRole('dialog')
      .evaluate((e) => getComputedStyle(e).borderTopStyle === 'solid')
    await picture('palette-forced')
    await page.keyboard.press('Escape')
    await page.emulateMedia({ forcedColors: null })
    expect(Object.keys(found).filter((one) => !found[one])).toEqual([])
  })
})

/** Returns the colour behind the first element that a selector finds. */
function ground(selector: string, pseudo?: string): Promise<string> {
  return page
    .locator(selector)
    .first()
    .evaluate((e, part) => getComputedStyle(e, part).backgroundColor, pseudo)
}

/** Runs in the page: names the buttons, headings and labels whose text does not fit, and is not meant to be shortened. */
function cutOff(): string[] {
  const found: string[] = []
  for (const e of document.querySelectorAll<HTMLElement>(
    'button, a, h1, h2, h3, label, p, dt, dd, summary, [role=tab]',
  )) {
    const { overflowX, overflowY, textOverflow, clipPath, webkitLineClamp } = getComputedStyle(e)
    if (e.textContent === '' || webkitLineClamp !== 'none') continue
    if (e.closest('.sr-only, [hidden], svg') || clipPath !== 'none' || e.getClientRects().length === 0)
      continue
    const across = overflowX !== 'visible' && textOverflow !== 'ellipsis' && e.scrollWidth > e.clientWidth + 1
    const down = overflowY === 'hidden' && e.scrollHeight > e.clientHeight + 1
    // Out of its own box, where the next thing stands.
    const out = e.matches('button, [role=tab]') && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0
    if (across || down || out)
      found.push(`${e.tagName.toLowerCase()} “${(e.textContent ?? '').slice(0, 40)}” is cut off`)
  }
  return found
}
