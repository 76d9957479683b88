import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './browser.ts'
import { ask, openHouse, openServers, send, serverNamed, signIn, type House, type Visit } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ provider: true, args: ['--trust=notes.localhost'] })
})
afterAll(() => house.close())

const box = (page: Page) => page.getByRole('group', { name: 'Notes asks you' })
const label = 'fake:call notes__label_note {"id": 2}'
const share = 'fake:call notes__share_note {"id": 2}'

/** Opens the app as somebody who has connected Notes. */
async function open(options = {}): Promise<Visit> {
  const visit = await signIn(house, undefined, options)
  const { page } = visit
  await openServers(page)
  const connect = serverNamed(page, 'Notes').getByRole('link', { name: 'Connect Notes' })
  const ready = serverNamed(page, 'Notes').getByText('Ready', { exact: true })
  await connect.or(ready).waitFor()
  if (await connect.isVisible()) {
    await connect.click()
    await page.waitForURL((url) => url.origin === house.consent)
    await page.getByRole('button', { name: 'Allow as team@notes' }).click()
    await openServers(page)
    await ready.waitFor()
  }
  await page.getByRole('button', { name: 'Close servers and tools' }).click()
  return visit
}

/** Waits for the next answer, which quotes what the server got. */
async function answer(page: Page, n: number): Promise<string> {
  await page
    .getByRole('button', { name: 'Copy answer' })
    .nth(n - 1)
    .waitFor()
  const text = await page.locator('.prose').last().innerText()
  return text.replaceAll(/\s/g, '')
}

/** Opens the last call. */
const openCall = (page: Page) =>
  page
    .getByRole('button', { name: /^Call \d/ })
    .last()
    .click()

describe('what a server asks', () => {
  test('is a form that says what is wrong, and is filled in and sent by the keyboard', async () => {
    const { page, context, troubles } = await open()
    const { keyboard } = page
    await send(page, label)
    await box(page).getByText('How shall note 2 be labelled?').waitFor()
    await expectAccessible(page, 'form')

    // Nothing but what was given beforehand: each field that is needed says so.
    await box(page).getByRole('button', { name: 'Submit' }).press('Enter')
    const title = box(page).getByRole('textbox', { name: 'Title' })
    await expect.poll(() => title.evaluate((field) => field === document.activeElement)).toBe(true)
    expect(await box(page).getByText('This is needed.').count()).toBe(3)

    await keyboard.type('ab')
    await keyboard.press('Tab')
    await keyboard.type('nobody')
    await keyboard.press('Tab')
    await keyboard.press('Control+A')
    await keyboard.type('9')
    await keyboard.press('Tab')
    await keyboard.type('heavy')
    await keyboard.press('Tab')
    await keyboard.press('Space') // sealed
    await keyboard.press('Tab')
    await keyboard.press('Space') // the left shelf
    await keyboard.press('ArrowDown') // no, the right one
    for (let tag = 0; tag < 3; tag++) {
      await keyboard.press('Tab')
      await keyboard.press('Space')
    }
    for (const mistake of [
      'This needs at least 3 characters.',
      'This is not an e-mail address.',
      'This is more than 5.',
      'This is not a number.',
      'Choose at most 2.',
    ]) {
      await box(page).getByText(mistake).waitFor()
    }
    await expectAccessible(page, 'form with mistakes')
    await keyboard.press('Control+Enter')
    await expect.poll(() => title.evaluate((field) => field === document.activeElement)).toBe(true)

    await title.fill('Shopping list')
    await box(page)
      .getByRole('textbox', { name: /^Contact/ })
      .fill('ann@example.com')
    await box(page).getByRole('textbox', { name: 'Copies' }).fill('3')
    await box(page)
      .getByRole('textbox', { name: /^Weight/ })
      .fill('0.5')
    await box(page).getByRole('checkbox', { name: 'draft' }).uncheck()
    expect(await box(page).locator('.wrong').count()).toBe(0)
    await keyboard.press('Control+Enter')
    const content = {
      contact: 'ann@example.com',
      copies: 3,
      sealed: true,
      shelf: 'b',
      tags: ['team', 'private'],
      title: 'Shoppinglist',
      weight: 0.5,
    }
    expect(await answer(page, 1)).toContain(JSON.stringify({ action: 'accept', content }))
    expect(await box(page).count()).toBe(0)
    await page.reload()
    await answer(page, 1)
    await openCall(page)
    await page.getByText('Notes asked: How shall note 2 be labelled? You answered.').waitFor()
    expect(troubles).toEqual([])
    await context.close()
  })

  test('can be declined, or left by ending the answer', async () => {
    const { page, context, troubles } = await open({ colorScheme: 'dark' })
    await send(page, label)
    await expectAccessible(page, 'form in dark')
    await box(page).getByRole('button', { name: 'Decline' }).press('Enter')
    expect(await answer(page, 1)).toContain('{"action":"decline"}')
    await openCall(page)
    await page.getByText('You declined to answer.').waitFor()

    await send(page, label)
    await box(page).waitFor()
    await page.getByRole('button', { name: 'Stop the answer' }).click()
    await box(page).waitFor({ state: 'detached' })
    await openCall(page)
    await page.getByText('It was not answered.').waitFor()
    await ask(page, 'Go on')

    // Its call can be stopped alone: the answer goes on, told that there is no result.
    await send(page, label)
    await box(page).getByRole('button', { name: 'Stop this call' }).press('Enter')
    await box(page).waitFor({ state: 'detached' })
    const line = page.getByRole('button', { name: /^Call .*label_note.*stopped/ }).last()
    await line.waitFor()
    await expect.poll(() => line.evaluate((el) => el === document.activeElement)).toBe(true)
    expect(await answer(page, 3)).toContain('Stoppedbythepersonbeforetheresultarrived')
    expect(troubles).toEqual([])
    await context.close()
  })

  test('may be to visit a page, whose whole address is told before it is opened', async () => {
    const { page, context, troubles } = await open({ viewport: { width: 390, height: 844 }, hasTouch: true })
    await context.route('https://share.notes.example/**', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: '<title>Share</title><script>document.title += typeof opener + opener</script>',
      }),
    )
    await send(page, share)
    await box(page).getByText('Allow that note 2 is shared.').waitFor()
    await box(page).getByText('https://share.notes.example/allow', { exact: true }).waitFor()
    await expectAccessible(page, 'page to visit')
    const opened = context.waitForEvent('page')
    await box(page).getByRole('link', { name: 'Open share.notes.example' }).click()
    const other = await opened
    await other.waitForURL('https://share.notes.example/allow')
    expect(await other.title()).toBe('Shareobjectnull')
    await other.close()
    expect(await answer(page, 1)).toContain('{"action":"accept"}')

    await send(page, share)
    await box(page).getByRole('button', { name: 'Decline' }).click()
    expect(await answer(page, 2)).toContain('{"action":"decline"}')
    await openCall(page)
    await page.getByText('You declined to go there.').waitFor()
    expect(troubles).toEqual([])
    await context.close()
  })

  test('is still to be answered after pomchat was killed', async () => {
    const { page, context } = await open()
    await send(page, label)
    await box(page).waitFor()
    await page.waitForURL(/\/t\/thr_/)
    await house.control('/crash')
    await page.reload()
    await box(page).getByText('How shall note 2 be labelled?').waitFor()
    await page.getByText('Waiting for your answer.').waitFor()
    await expectAccessible(page, 'form after a restart')
    await box(page).getByRole('button', { name: 'Decline' }).press('Enter')
    expect(await answer(page, 1)).toContain('{"action":"decline"}')
    expect(await box(page).count()).toBe(0)
    await context.close()
  })
})
