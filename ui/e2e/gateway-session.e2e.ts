import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './browser.ts'
import {
  ann,
  ask,
  bob,
  openHouse,
  openServers,
  send,
  serverNamed,
  signIn,
  watch,
  type House,
} from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const question = 'What were our sales by year?'

describe('a person who comes for the first time', () => {
  test('signs in, is greeted, finds Northwind ready, and is answered through the gateway', async () => {
    const context = await house.browser.newContext({ baseURL: house.chat, locale: 'en-US' })
    const page = await context.newPage()
    const troubles = watch(house, page)
    await page.goto('/?from=a-link')
    expect(new URL(page.url()).hostname).toBe('authenticate.localhost')
    await page.getByRole('button', { name: ann.button }).click()
    await page.getByRole('heading', { name: /^Good (morning|afternoon|evening), Ann$/ }).waitFor()
    expect(page.url()).toBe(`${house.chat}/?from=a-link`)

    await openServers(page)
    for (const [name, status] of [
      ['Northwind', 'Ready'],
      ['Notes', 'Connect needed'],
      ['Vault', 'No access'],
    ] as const) {
      await serverNamed(page, name).getByText(status, { exact: true }).waitFor()
    }
    await expectAccessible(page, 'servers of a gateway')

    await ask(page, question)
    const line = page.getByRole('button', { name: /Northwind.*read_query/ })
    await line.click()
    const entry = page.getByRole('listitem').filter({ has: line })
    await entry.getByRole('cell', { name: '617,085.20' }).waitFor()
    const evidence = (await entry.innerText()).split(/\s+/)
    for (const fact of ['617,085.20', 'Allowed', ann.email]) expect(evidence).toContain(fact)
    await page.getByText(`Tools run as ${ann.email}, checked by Pomerium on every call.`).waitFor()
    await expectAccessible(page, 'answered through a gateway')
    expect(troubles).toEqual([])
    await context.close()

    // What each upstream got to see of Ann.
    const seen = (await house.seen()).filter((s) => s.outcome === 'passed' && s.path !== '/logo.png')
    const shown = new Set(seen.map((s) => `${s.host.split('.')[0]} ${s.shown} ${s.user}`))
    expect([...shown].toSorted()).toEqual([
      `chat TE ${ann.email}`,
      `db nothing ${ann.email}`,
      `notes nothing ${ann.email}`,
    ])
    expect(seen.filter((s) => s.tool === 'read_query').map((s) => s.host)).toEqual(['db.localhost'])
  })

  test('has threads that nobody else finds', async () => {
    const hers = await signIn(house)
    await ask(hers.page, 'How many customers do we have?')
    const address = hers.page.url()
    const his = await signIn(house, bob)
    await his.page.getByRole('heading', { name: /, Bob$/ }).waitFor()
    await his.page.getByText('Your threads will be listed here.').waitFor()
    await his.page.goto(address)
    await his.page.getByRole('heading', { name: 'There is no thread here' }).waitFor()
    await expectAccessible(his.page, 'another’s thread')
    expect([...hers.troubles, ...his.troubles]).toEqual([])
    await Promise.all([hers.context.close(), his.context.close()])
  })
})

describe('a session that ends', () => {
  test('is said, and one click signs in again and leads back to the thread with the draft', async () => {
    const { page, context, troubles } = await signIn(house)
    await ask(page, 'How many customers do we have?')
    const address = page.url()
    await house.control('/end', { user: ann.id })
    const draft = 'And by country?'
    await send(page, draft)
    await page.getByRole('status').getByText('Your session has ended.').waitFor()
    const box = page.getByRole('textbox', { name: 'Message' })
    await expect.poll(() => box.inputValue()).toBe(draft)
    await expectAccessible(page, 'session ended')
    expect(await page.getByRole('button', { name: 'Sign in again' }).count()).toBe(1)
    await page.getByRole('status').getByRole('button', { name: 'Sign in again' }).click()
    await page.getByRole('button', { name: ann.button }).click()
    await page.getByRole('button', { name: 'Copy answer' }).waitFor()
    expect(page.url()).toBe(address)
    await expect.poll(() => box.inputValue()).toBe(draft)
    expect(await page.getByText('Your session has ended.').count()).toBe(0)
    expect(troubles).toEqual([])
    await context.close()
  })

  test('by signing out leads to a page that says so, back means signing in, and who does so finds no draft of another', async () => {
    const { page, context } = await signIn(house)
    const box = page.getByRole('textbox', { name: 'Message' })
    await box.fill('what only Ann may know')
    await expect.poll(() => page.evaluate(() => JSON.stringify(localStorage))).toContain('only Ann')
    await page.reload()
    await expect.poll(() => box.inputValue()).toBe('what only Ann may know')
    await page.getByRole('button', { name: /^Account of Ann/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).press('Enter')
    await page.getByRole('heading', { name: 'Signed out' }).waitFor()
    expect(await page.getByRole('button').count()).toBe(0)
    await page.goBack()
    await page.getByRole('button', { name: ann.button }).waitFor()
    expect(new URL(page.url()).hostname).toBe('authenticate.localhost')
    await page.getByRole('button', { name: bob.button }).click()
    await page.getByRole('heading', { name: /, Bob$/ }).waitFor()
    expect(await box.inputValue()).toBe('')
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('only Ann')
    await context.close()
  })
})
