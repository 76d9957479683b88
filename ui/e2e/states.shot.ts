import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, test } from 'vitest'
import { ann, openHouse, openServers, send, serverNamed, signIn, untilHeld, type House } from './house.ts'

// Pictures of the states behind a gateway, for whoever reviews a change: `make screenshots`. What
// people ask is what people ask; the script says what the model, which is a fake, does about it.
const folder = join(import.meta.dirname, '..', '..', 'docs', 'screenshots')

const sales = `SELECT strftime('%Y', o.OrderDate) AS Year,
       ROUND(SUM(d.UnitPrice * d.Quantity * (1 - d.Discount)), 2) AS Sales
FROM Orders AS o JOIN "Order Details" AS d ON d.OrderID = o.OrderID
GROUP BY Year ORDER BY Year`
const norway = `SELECT CompanyName, City, Phone FROM Customers WHERE Country = 'Norway'`
const read = (query: string) => `db__read_query ${JSON.stringify({ query })}`
const discontinue = { table: 'Products', set: 'Discontinued = 1', where: 'UnitsOnOrder = 0' }
const report = `say ## Sales by year

Sales grew from **208,083.97** in 1996 to **617,085.20** in 1997 [1:1–2], the first whole year on record. Of 1998 there are four months: **440,623.87** [1:3].

- 1996 begins in July, so it is half a year.
- 1997 is the only whole one, and the best to compare with.
- 1998 ends on 6 May; at its pace it would have passed 1997 by far.

Compare months, not years: each year covers other ones.`

const script = {
  'How did our sales develop?': `fake:chain ${read(sales)}\n${report.replaceAll('\n', String.raw`\n`)}`,
  'Which customers do we have in Norway?': `fake:chain ${read(norway)}\nsay One: **Santé Gourmet** in Stavern [1:1].`,
  'Discontinue what nobody has on order': `fake:call db__update ${JSON.stringify(discontinue)}`,
  'What do my notes say about tofu?': 'fake:call notes__search_notes {"text": "tofu"}',
  'Compare the regions': 'fake:quota',
}

let house: House
const home = mkdtempSync(join(tmpdir(), 'pomchat-shots-'))
beforeAll(async () => {
  const file = join(home, 'script.json')
  writeFileSync(file, JSON.stringify(script))
  const fake = [`--script=${file}`, '--pace=25ms']
  house = await openHouse({ provider: true, args: ['--trust=notes.localhost'], fake })
})
afterAll(async () => {
  await house.close()
  rmSync(home, { recursive: true, force: true })
})

const wide: BrowserContextOptions = { viewport: { width: 1360, height: 900 } }
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, deviceScaleFactor: 2 }
const done = (page: Page) => page.getByRole('button', { name: 'Copy answer' }).last().waitFor()

/** Opens the app as Ann, shows it as a test says, and ends it. */
async function visit(options: BrowserContextOptions, show: (page: Page, take: Take) => Promise<void>) {
  const { page, context } = await signIn(house, ann, { ...options, reducedMotion: 'reduce' })
  await show(page, async (name) => {
    await page.mouse.move(0, 0)
    await page.screenshot({ path: join(folder, `${name}.png`) })
  })
  await context.close()
}
type Take = (name: string) => Promise<void>

test('an answer that is being written, and what is found again', async () => {
  await visit({ ...wide, colorScheme: 'dark' }, async (page, take) => {
    await send(page, 'How did our sales develop?')
    await page.getByText('half a year').waitFor()
    await take('streaming-dark')
    await done(page)
  })
  await visit(wide, async (page, take) => {
    await send(page, 'Which customers do we have in Norway?')
    await done(page)
    await page.getByRole('button', { name: 'Search', exact: true }).click()
    await page.getByRole('search').getByRole('textbox').fill('norway')
    await page.locator('nav mark').first().waitFor()
    await take('search-light')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('combobox').fill('the')
    await take('palette-light')
  })
})

test.each([
  ['light', wide],
  ['phone', phone],
] as const)('a call that asks, and one that is blocked: %s', async (name, options) => {
  await visit(options, async (page, take) => {
    await send(page, 'Discontinue what nobody has on order')
    await page.getByRole('button', { name: 'Approve and run' }).waitFor()
    await take(`approval-${name}`)
    await page.getByRole('button', { name: 'Approve and run' }).click()
    await page.getByRole('heading', { name: 'Blocked by policy at the gateway' }).waitFor()
    await done(page)
    await take(`blocked-${name}`)
  })
})

test.each([
  ['light', wide],
  ['phone', phone],
] as const)('servers, and one that wants an account: %s', async (name, options) => {
  await visit(options, async (page, take) => {
    await openServers(page)
    const connect = serverNamed(page, 'Notes').getByRole('link', { name: 'Connect Notes' })
    await connect.waitFor()
    await take(`servers-${name}`)
    await connect.click()
    await page.getByRole('button', { name: 'Allow as private@notes' }).click()
    await openServers(page)
    await serverNamed(page, 'Notes').getByText('Ready', { exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await house.control('/hold', { tool: 'search_notes' })
    await send(page, 'What do my notes say about tofu?')
    await untilHeld(house)
    await house.control('/disconnect', { user: ann.id, host: 'notes.localhost' })
    await house.control('/release')
    await page.getByRole('group', { name: /^Notes wants to know your account/ }).waitFor()
    await take(`connect-${name}`)
  })
})

test('what goes wrong', async () => {
  await visit(wide, async (page, take) => {
    await send(page, 'Compare the regions')
    await page
      .getByRole('button', { name: /Copy (details|diagnostics)/ })
      .first()
      .waitFor()
    await take('error-light')
    await page.context().setOffline(true)
    await page.getByText('You are offline').first().waitFor()
    await take('offline-light')
    await page.context().setOffline(false)
    await page.goto('/nowhere')
    await page.getByRole('heading', { name: 'There is no page here' }).waitFor()
    await take('not-found-light')
  })
})
