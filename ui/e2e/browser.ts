import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import { violations } from './axe.ts'

/** Starts a browser that asks nobody outside for anything. */
export function launch(args: string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: inject('chromium'),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...args,
    ],
  })
}

/** A tab with a record of what went wrong in it. */
export interface Tab {
  page: Page
  /** Console errors, uncaught exceptions, and requests to other hosts. */
  troubles: string[]
}

export async function openTab(browser: Browser, options: BrowserContextOptions = {}): Promise<Tab> {
  const context = await browser.newContext({ baseURL: inject('base'), locale: 'en-US', ...options })
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('console', (m) => {
    if (m.type() === 'error') troubles.push(`console: ${m.text()}`)
  })
  page.on('pageerror', (e) => troubles.push(`exception: ${e.message}`))
  page.on('request', (r) => {
    const url = r.url()
    if (!url.startsWith(inject('base')) && !/^(data|blob):/.test(url)) troubles.push(`request: ${url}`)
  })
  return { page, troubles }
}

/** Sends what is written: with Enter, or on what is only touched, where that begins a line, with the button. */
export async function submit(page: Page): Promise<void> {
  const touched = await page.evaluate(() => matchMedia('(pointer: coarse) and (hover: none)').matches)
  if (touched) await page.getByRole('button', { name: 'Send', exact: true }).click()
  else await page.getByRole('textbox', { name: 'Message' }).press('Enter')
}

/** Fails on any violation of WCAG 2.2 A and AA that axe finds, naming rule and element. */
export async function expectAccessible(page: Page, state: string): Promise<void> {
  expect(await violations(page, state)).toEqual([])
}
