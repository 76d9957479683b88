import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './browser.ts'
import { ask, bob, openHouse, openServers, signIn, type House } from './house.ts'

// What the model's provider does by itself: programs that leave files, and the web.

let house: House
beforeAll(async () => {
  const args = ['--hosted-tools=web_search', '--hosted-tools=code_interpreter']
  house = await openHouse({ provider: true, args })
})
afterAll(() => house.close())

/** What a page gets at a place. */
function fetched(page: Page, place: string) {
  return page.evaluate(async (path) => {
    const answer = await fetch(path)
    const header = (name: string) => answer.headers.get(name) ?? ''
    return {
      status: answer.status,
      sniff: header('X-Content-Type-Options'),
      disposition: header('Content-Disposition'),
      text: await answer.text(),
    }
  }, place)
}

describe('what the provider runs', () => {
  test('leaves files that their owner sees, saves, and nobody else has', async () => {
    const { page, context, troubles } = await signIn(house)
    await openServers(page)
    await page.getByRole('switch', { name: 'Use Code interpreter in this thread' }).click()
    await ask(page, 'fake:python')
    const files = page.getByRole('list', { name: 'Files' })
    expect((await files.getByRole('listitem').count()) > 1).toBe(true)

    const picture = files.getByRole('img').first()
    await expect.poll(() => picture.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBeGreaterThan(0)
    const save = files.getByRole('link', { name: 'Save figures.csv' })
    const [download] = await Promise.all([page.waitForEvent('download'), save.click()])
    expect(download.suggestedFilename()).toBe('figures.csv')

    const place = (await save.getAttribute('href')) ?? ''
    const own = await fetched(page, place)
    expect([own.status, own.sniff]).toEqual([200, 'nosniff'])
    expect(own.disposition).toMatch(/^attachment/)
    expect(own.text).toContain('1996,208083.97')

    const other = await signIn(house, bob)
    expect((await fetched(other.page, place)).status).toBe(404)
    await other.context.close()

    await expectAccessible(page, 'files')
    expect(troubles).toEqual([])
    await context.close()
  })

  test('searches the web only where a person has agreed, and cites pages that ask before they lead away', async () => {
    const { page, context, troubles } = await signIn(house)
    await openServers(page)
    const web = page.getByRole('switch', { name: 'Use Web search in this thread' })
    await web.click()
    const question = page.getByRole('group', { name: 'Web search beside servers' })
    await question.getByRole('button', { name: 'Leave it off' }).click()
    expect(await web.getAttribute('aria-checked')).toBe('false')
    await web.click()
    await question.getByRole('button', { name: 'Allow in this thread' }).click()
    await expect.poll(() => web.getAttribute('aria-checked')).toBe('true')

    await ask(page, 'fake:search gateways')
    const sources = page.getByRole('group', { name: 'Sources' })
    await sources.getByText('example.com', { exact: true }).waitFor()
    await sources.getByRole('link', { name: /The first page/ }).click()
    await page.getByRole('dialog', { name: 'Leave for another site?' }).waitFor()
    await page.keyboard.press('Escape')
    await expectAccessible(page, 'sources')
    expect(troubles).toEqual([])
    await context.close()
  })
})
