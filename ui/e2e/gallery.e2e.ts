import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { build, preview, type PreviewServer } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { violations } from './axe.ts'
import { launch } from './browser.ts'

const root = join(import.meta.dirname, '..')
const built = mkdtempSync(join(tmpdir(), 'pomchat-gallery-'))

// The gallery is built for this test alone: as it is developed, it comes as hundreds of modules.
let server: PreviewServer
let browser: Browser
beforeAll(async () => {
  const common = { root, configFile: join(root, 'vite.config.ts'), mode: 'fake', logLevel: 'error' } as const
  const input = join(root, 'dev', 'gallery', 'index.html')
  await build({ ...common, build: { outDir: built, emptyOutDir: true, rollupOptions: { input } } })
  server = await preview({ ...common, build: { outDir: built }, preview: { port: 0, host: '127.0.0.1' } })
  browser = await launch()
}, 120_000)
afterAll(async () => {
  await browser.close()
  await server.close()
  rmSync(built, { recursive: true, force: true })
})

const desk = { width: 1280, height: 900 }
const phone = { width: 390, height: 844 }

/** Opens the gallery, or a section of it with all of its calls open, in light on a desk. */
async function visit(page: Page, part?: string) {
  await page.setViewportSize(desk)
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  const query = part === undefined ? '' : `?part=${encodeURIComponent(part)}`
  await page.goto(`${server.resolvedUrls?.local[0]}dev/gallery/${query}`)
  await page.locator('main > section').first().waitFor()
  if (part === undefined) return
  await page.getByRole('button', { name: 'Open all calls' }).click()
  await expect.poll(() => page.locator('.ledger [aria-expanded=false]').count()).toBe(0)
}

/** Waits until the page is dark, and no colour is on its way. */
async function settled(page: Page) {
  await page.waitForFunction(
    () =>
      document.documentElement.dataset['theme'] === 'dark' &&
      document.getAnimations().every(({ playState }) => playState !== 'running'),
  )
}

const popup = '[role=menu], [role=dialog], [role=listbox]'

/**
 * Opens, one after the other, what the buttons of the part on view open, and returns what axe finds wrong
 * in it: by all rules in light, by that of colours in the dark. Buttons of one kind open one thing.
 */
async function opened(page: Page, part: string): Promise<{ names: string[]; found: string[] }> {
  const names: string[] = []
  const found: string[] = []
  const triggers = page.locator('main > section :is(button, a)[aria-haspopup]:not([disabled])')
  for (const trigger of await triggers.all()) {
    const name = ((await trigger.getAttribute('aria-label')) ?? (await trigger.innerText())).trim()
    if (names.includes(name) || !(await trigger.isVisible())) continue
    names.push(name)
    const at = `${part}, ${name} opened`
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await trigger.click()
      await page.locator(popup).first().waitFor()
      if (colorScheme === 'dark') await settled(page)
      const rules = colorScheme === 'dark' ? { rules: ['color-contrast'] } : {}
      found.push(...(await violations(page, `${at}, ${colorScheme}`, { within: popup, ...rules })))
      await picture(page, `${part}-${name}-${colorScheme}`)
      await page.keyboard.press('Escape')
      await expect.poll(() => page.locator(popup).count()).toBe(0)
    }
    await page.emulateMedia({ colorScheme: 'light' })
  }
  return { names, found }
}

/** Takes a picture for who wants to look: `GALLERY=folder`. */
async function picture(page: Page, name: string) {
  const folder = process.env['GALLERY']
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}

describe('the gallery', { timeout: 300_000 }, () => {
  test('has no part that axe objects to, on a desk, in the dark and on a phone', async () => {
    const context = await browser.newContext({ locale: 'en-US' })
    const page = await context.newPage()
    // The runs were recorded by a clock that stands still there.
    await page.clock.setFixedTime('2000-01-01T00:00:04Z')
    const found: string[] = []
    page.on('pageerror', (e) => found.push(`exception: ${e.message}`))
    page.on('console', (m) => {
      if (m.type() === 'error') found.push(`console: ${m.text()}`)
    })
    await visit(page)
    const regions = page.locator('main > section')
    const parts = await regions.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''))
    expect(parts).toEqual(expect.arrayContaining(['Buttons', 'approved', 'failed', 'hosted', 'two-calls']))
    // Nothing but the colours changes with the theme, and nothing but sizes with the width, which axe has to see.
    const within = 'main > section'
    const popups: string[] = []
    for (const part of parts) {
      await visit(page, part)
      found.push(...(await violations(page, part, { within })))
      await picture(page, `${part}-light`)
      const menus = await opened(page, part)
      popups.push(...menus.names)
      found.push(...menus.found)
      await page.emulateMedia({ colorScheme: 'dark' })
      await settled(page)
      found.push(...(await violations(page, `${part}, dark`, { within, rules: ['color-contrast'] })))
      await picture(page, `${part}-dark`)
      await page.setViewportSize(phone)
      const rules = ['target-size', 'scrollable-region-focusable']
      found.push(...(await violations(page, `${part}, on a phone`, { within, rules })))
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      if (wide > phone.width) found.push(`${part}, on a phone: ${wide} px wide`)
      await picture(page, `${part}-phone`)
    }
    expect(found).toEqual([])
    expect(popups).toEqual(expect.arrayContaining(['Menu', 'Popover']))
    await context.close()
  })
})
