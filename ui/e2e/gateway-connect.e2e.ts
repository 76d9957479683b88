import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './browser.ts'
import {
  ann,
  ask,
  bob,
  mallory,
  openHouse,
  openServers,
  send,
  serverNamed,
  signIn,
  untilHeld,
  type House,
} from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ provider: true, args: ['--trust=notes.localhost'] })
})
afterAll(() => house.close())

const done = (page: Page) => page.getByRole('button', { name: 'Copy answer' }).last().waitFor()
const card = (page: Page) => page.getByRole('group', { name: /^Notes wants to know your account/ })
const draftOf = (page: Page) => page.getByRole('textbox', { name: 'Message' })
const notes = (page: Page) => serverNamed(page, 'Notes')
/** Goes through the consent of Notes as one of the accounts there. */
async function consent(page: Page, account: string) {
  await page.waitForURL((url) => url.origin === house.consent)
  await page.getByRole('button', { name: `Allow as ${account}` }).click()
  await page.waitForURL((url) => url.origin === house.chat)
}

/** Connects Notes in the panel. */
async function connect(page: Page, account = 'private@notes') {
  await openServers(page)
  await notes(page).getByRole('link', { name: 'Connect Notes' }).click()
  await consent(page, account)
  await notes(page).getByText('Ready', { exact: true }).waitFor()
}

/** Asks for notes, and loses the login there while the calls are on their way. */
async function askAndLose(page: Page, who: { id: string }, calls: number) {
  await house.control('/hold', { tool: 'search_notes' })
  await send(page, `fake:call ${'notes__search_notes {"text": "notes of"}\n'.repeat(calls)}`)
  await untilHeld(house, calls)
  await house.control('/disconnect', { user: who.id, host: 'notes.localhost' })
  await house.control('/release')
  await card(page)
    .nth(calls - 1)
    .waitFor()
}

describe('a server that wants an account', () => {
  test('is connected in the panel, with a draft kept, and can be disconnected there', async () => {
    const { page, context, troubles } = await signIn(house)
    await ask(page, 'Hello')
    const address = page.url()
    await draftOf(page).fill('Half a thought')
    await connect(page)
    expect(page.url()).toBe(address)
    await expect.poll(() => draftOf(page).inputValue()).toBe('Half a thought')
    await notes(page).getByText('Connected with your own account there.').waitFor()
    await expectAccessible(page, 'connected server')

    await notes(page).getByRole('button', { name: 'Disconnect Notes' }).click()
    await notes(page).getByText('Connect needed', { exact: true }).waitFor()
    await notes(page).getByRole('link', { name: 'Connect Notes' }).waitFor()
    expect(troubles).toEqual([])
    await context.close()
  })

  test('is connected again with another account, on the same page with the draft', async () => {
    const { page, context, troubles } = await signIn(house)
    await ask(page, 'Hello')
    const address = page.url()
    await connect(page)
    await draftOf(page).fill('Half a thought')
    await notes(page).getByRole('button', { name: 'Connect Notes again' }).click()
    await consent(page, 'team@notes')
    expect(page.url()).toBe(address)
    await notes(page).getByText('Ready', { exact: true }).waitFor()
    await expect.poll(() => draftOf(page).inputValue()).toBe('Half a thought')
    await send(page, 'fake:call notes__search_notes {"text": "notes of"}')
    await done(page)
    await page
      .getByRole('button', { name: /Notes.*search_notes/ })
      .last()
      .click()
    await page.getByRole('cell', { name: 'These are the notes of team@notes.' }).waitFor()
    await notes(page).getByRole('button', { name: 'Disconnect Notes' }).click()
    await notes(page).getByText('Connect needed', { exact: true }).waitFor()
    expect(troubles).toEqual([])
    await context.close()
  })

  test('has calls wait until it is connected; then they go on by themselves', async () => {
    const { page, context, troubles } = await signIn(house, bob)
    await connect(page)
    await askAndLose(page, bob, 2)
    await draftOf(page).fill('Half a thought')
    await expectAccessible(page, 'calls that wait for a connection')
    const address = page.url()
    const before = (await house.seen()).length
    await card(page).first().getByRole('link', { name: 'Connect Notes' }).click()
    await consent(page, 'team@notes')
    await done(page)
    expect(page.url()).toBe(address)
    await expect.poll(() => draftOf(page).inputValue()).toBe('Half a thought')
    await page
      .getByRole('button', { name: /Notes.*search_notes/ })
      .first()
      .click()
    await page.getByRole('cell', { name: 'These are the notes of team@notes.' }).waitFor()
    expect(troubles).toEqual([])
    await context.close()

    // Notes saw the token of the account, and never the one of the app.
    const seen = (await house.seen()).slice(before)
    const notesSaw = seen.filter((s) => s.host === 'notes.localhost' && s.outcome === 'passed')
    const calls = notesSaw.filter((s) => s.tool === 'search_notes')
    expect(calls.map((s) => `${s.shown} ${s.user}`)).toEqual([`TI ${bob.email}`, `TI ${bob.email}`])
    expect(notesSaw.map((s) => s.shown)).not.toContain('TE')
  })

  test('has a call wait on where consent is refused, until the person goes on without it', async () => {
    const { page, context } = await signIn(house, mallory)
    await connect(page)
    await askAndLose(page, mallory, 1)
    await draftOf(page).fill('Half a thought')
    const address = page.url()
    await card(page).getByRole('link', { name: 'Connect Notes' }).click()
    await page.waitForURL((url) => url.origin === house.consent)
    await page.getByRole('button', { name: 'Deny' }).click()
    // Pomerium says so on a page of its own, from which only the way back leads.
    await page.getByText('Authorization failed').waitFor()
    await page.goto(address)
    await page.getByText('Notes is not connected yet.').waitFor()
    await card(page).waitFor()
    expect(
      await card(page)
        .getByText(/still does not let you in/)
        .count(),
    ).toBe(0)
    await expect.poll(() => draftOf(page).inputValue()).toBe('Half a thought')
    await card(page).getByRole('button', { name: 'Go on without it' }).click()
    await done(page)
    await page.getByRole('heading', { name: 'You went on without this call' }).waitFor()
    await context.close()
  })
})

describe('a server that cannot be connected', () => {
  test('is told in the words of the gateway, on the same thread with the draft', async () => {
    const { page, context } = await signIn(house, ann, {
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    await ask(page, 'Hello')
    const address = page.url()
    await house.control('/forbid', { host: 'db.localhost', on: 'true' })
    await openServers(page)
    const northwind = serverNamed(page, 'Northwind')
    await page.getByRole('button', { name: 'Check all servers again' }).click()
    await draftOf(page).fill('Half a thought')
    await northwind.getByRole('link', { name: 'Connect Northwind' }).click()
    const notice = page.getByRole('status').filter({ hasText: 'Northwind could not be connected.' })
    const said = /The gateway says: “(MCP connection failed.* request ID: \S+)”/
    await notice.getByText(said).waitFor()
    expect(page.url()).toBe(address)
    await expect.poll(() => draftOf(page).inputValue()).toBe('Half a thought')
    await expectAccessible(page, 'a server that could not be connected')
    await notice.getByRole('button', { name: 'Copy details' }).click()
    const reason = said.exec(await notice.innerText())?.[1]
    const copied = (await page.evaluate(() => navigator.clipboard.readText())).split('\n')
    expect(copied).toEqual(['Server: Northwind', expect.stringMatching(/^Failed: /), `Error: ${reason}`])
    await notice.getByRole('link', { name: 'Try again to connect Northwind' }).click()
    await page.waitForURL(address)
    await expect.poll(() => notice.getByText(said).innerText()).not.toContain(reason)
    await notice.getByRole('button', { name: 'Dismiss' }).click()
    expect(await page.getByText(said).count()).toBe(0)
    await house.control('/forbid', { host: 'db.localhost', on: 'false' })
    await context.close()
  })
})

describe('an address that somebody else wrote', () => {
  test('puts no words into the page of who did not set out to connect a server', async () => {
    const { page, context, troubles } = await signIn(house)
    await page.goto(`/?${new URLSearchParams({ connect_error: 'Call +1 555 0100', x: '1' })}`)
    await openServers(page)
    await page.waitForURL(`${house.chat}/?x=1`)
    expect(await page.getByText('555 0100').count()).toBe(0)
    expect(troubles).toEqual([])
    await context.close()
  })
})

describe('a server that was never connected', () => {
  test('is not missed with each answer; the panel offers to connect it', async () => {
    const { page, context } = await signIn(house)
    await ask(page, 'Hello')
    expect(await page.getByText(/^Answered without/).count()).toBe(0)
    await openServers(page)
    await notes(page).getByRole('link', { name: 'Connect Notes' }).waitFor()
    await context.close()
  })
})

describe('what the page loads', () => {
  test('comes from its own origin, the pictures of servers too', async () => {
    const { page, context, troubles } = await signIn(house)
    await openServers(page)
    const logo = notes(page).locator('img')
    await logo.waitFor()
    expect(new URL((await logo.getAttribute('src')) ?? '', page.url()).pathname).toBe(
      '/api/servers/notes-localhost' + new URL(page.url()).port.replace(/^/, '.') + '_mcp/logo',
    )
    await expect.poll(() => logo.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(32)
    expect(troubles).toEqual([])
    await context.close()
  })
})
