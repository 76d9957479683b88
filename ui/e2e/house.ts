import { join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { expect, onTestFailed } from 'vitest'
import { launch, submit } from './browser.ts'
import { newPrograms, root } from './programs.ts'

/** A request to a route of the gateway, and what became of it; see Sighting in pomeriumtest. */
export interface Sighting {
  request: string
  host: string
  path: string
  user: string
  method: string
  tool: string
  outcome: 'passed' | 'denied' | 'unknown' | 'too long'
  shown: 'nothing' | 'TE' | 'TI' | 'other'
}

/** People whom the identity provider knows. */
export const ann = { id: 'user-1', button: 'Ann Example (ann@example.com)', email: 'ann@example.com' }
export const bob = { id: 'user-2', button: 'Bob Example (bob@example.com)', email: 'bob@example.com' }

export const mallory = {
  id: 'user-3',
  button: 'Mallory Other (mallory@other.example)',
  email: 'mallory@other.example',
}

/** Pomchat, Northwind and Notes behind the stand-in for Pomerium, and a browser that trusts it. */
export interface House {
  /** The app’s address, without a trailing slash. */
  chat: string
  /** Where Notes asks for consent. */
  consent: string
  browser: Browser
  /** Does to the house what happens in life; see control.go of the demo. */
  control: (path: string, query?: Record<string, string>) => Promise<void>
  seen: () => Promise<Sighting[]>
  /** How many calls are held on their way to the gateway. */
  held: () => Promise<number>
  close: () => Promise<void>
}

/** Opens a house; with a provider, its model is the fake that does what a question names, with those flags. */
export async function openHouse({
  provider = false,
  args = [] as string[],
  fake = [] as string[],
} = {}): Promise<House> {
  const { state, start, close } = newPrograms()
  const env: NodeJS.ProcessEnv = {}
  if (provider) {
    env['OPENAI_API_KEY'] = 'sk-fake'
    env['OPENAI_BASE_URL'] = await start('fake-provider', fake, /(http:\/\/\S+)/)
  }
  const flags = [
    '--listen=127.0.0.1:0',
    '--control=127.0.0.1:0',
    `--binary=${join(root, 'bin', 'pomchat')}`,
    `--data=${join(state, 'pomchat.db')}`,
    '--',
    ...args,
  ]
  const control = await start('demo-gateway', flags, /Control at (http:\/\/\S+)/, env)
  const get = async <T>(path: string): Promise<T> => (await (await fetch(control + path)).json()) as T
  const { chat, consent, pin } = await get<{ chat: string; consent: string; pin: string }>('/')
  const browser = await launch([`--ignore-certificate-errors-spki-list=${pin}`])
  return {
    chat,
    consent: new URL(consent).origin,
    browser,
    async control(path, query = {}) {
      const answer = await fetch(`${control}${path}?${new URLSearchParams(query)}`, { method: 'POST' })
      if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
    },
    seen: async () => (await get<Sighting[] | null>('/seen')) ?? [],
    held: () => get<number>('/held'),
    async close() {
      await browser.close()
      await close()
    },
  }
}

/** A tab of a person, and what went wrong in it. */
export interface Visit {
  page: Page
  context: BrowserContext
  /** Exceptions, what the page's policy forbids, and requests to other origins but for the person's own ways to sign in and to connect. */
  troubles: string[]
}

/** Opens the app as somebody who signs in, and waits until it greets by name. */
export async function signIn(house: House, who = ann, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await house.browser.newContext({ baseURL: house.chat, locale: 'en-US', ...options })
  const page = await context.newPage()
  onTestFailed(async () => {
    if (!page.isClosed()) process.stderr.write(`${page.url()}\n${await page.locator('body').innerText()}\n`)
  })
  const visit = { page, context, troubles: watch(house, page) }
  await page.goto('/')
  await page.getByRole('button', { name: who.button }).click()
  await page.getByRole('heading', { name: /^Good (morning|afternoon|evening), / }).waitFor()
  return visit
}

/** Notes what goes wrong in a tab. */
export function watch(house: House, page: Page): string[] {
  const troubles: string[] = []
  page.on('pageerror', (e) => troubles.push(`exception: ${e.message}`))
  page.on('console', (m) => {
    if (/content security policy|trusted/i.test(m.text())) troubles.push(`console: ${m.text()}`)
  })
  page.on('request', (r) => {
    const own = new URL(r.url()).origin === house.chat || /^(data|blob):/.test(r.url())
    const trip = r.isNavigationRequest() && r.frame() === page.mainFrame()
    // Pages that the person travels through are the gateway's, and their requests their own matter.
    if (!own && !trip && new URL(page.url()).origin === house.chat) troubles.push(`request: ${r.url()}`)
  })
  return troubles
}

/** Writes a question and sends it. */
export async function send(page: Page, text: string): Promise<void> {
  const box = page.getByRole('textbox', { name: 'Message' })
  await box.fill(text)
  await submit(page)
}

/** Sends a question and waits until it is answered. */
export async function ask(page: Page, text: string): Promise<void> {
  const before = await page.getByRole('button', { name: 'Copy answer' }).count()
  await send(page, text)
  await page.getByRole('button', { name: 'Copy answer' }).nth(before).waitFor()
}

/** Opens the panel of servers, if it is not open. */
export async function openServers(page: Page) {
  const button = page.getByRole('button', { name: /^Servers/ }).first()
  if ((await button.getAttribute('aria-expanded')) !== 'true') await button.click()
  await serverNamed(page, 'Northwind').waitFor()
}

/** A server in the panel. */
export const serverNamed = (page: Page, name: string) => page.getByRole('region', { name })

/** Waits until the gateway holds so many calls. */
export async function untilHeld(house: House, calls = 1) {
  await expect.poll(() => house.held(), { timeout: 30_000, interval: 50 }).toBe(calls)
}
