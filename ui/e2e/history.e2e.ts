import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible, launch, openTab } from './browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

const question = 'What were our sales by year?'

/** What the server says of a thread. */
interface Summary {
  id: string
  archived: boolean
  unread?: boolean
}

/** Makes a thread as another device of the same person does, with an answer or without, and returns its id. */
async function make(page: Page, title: string, asked?: string): Promise<string> {
  const { id }: Summary = await (await page.request.post('/api/threads')).json()
  if (asked !== undefined) {
    const run = await page.request.post(`/api/threads/${id}/runs`, { data: { text: asked } })
    const { runId }: { runId: string } = await run.json()
    // The events of a run end with it.
    await page.request.get(`/api/runs/${runId}/events`)
  }
  await page.request.patch(`/api/threads/${id}`, { data: { title } })
  return id
}

async function summary(page: Page, id: string): Promise<Summary> {
  const detail: { thread: Summary } = await (await page.request.get(`/api/threads/${id}`)).json()
  return detail.thread
}

const list = (page: Page) => page.getByRole('navigation', { name: 'Threads' })
const link = (page: Page, name: string | RegExp) => list(page).getByRole('link', { name })

async function choose(page: Page, thread: string, item: string): Promise<void> {
  await link(page, thread).hover()
  await page.getByRole('button', { name: `Menu of “${thread}”` }).click()
  await page.getByRole('menuitem', { name: item, exact: true }).click()
}

describe('the threads of a person', () => {
  test('are found by words of an answer, which are marked, and in the archive too', async () => {
    const { page, troubles } = await openTab(browser)
    const id = await make(page, 'Annual figures', question)
    await page.request.patch(`/api/threads/${id}`, { data: { archived: true } })
    await page.goto('/')
    await page.getByRole('button', { name: /^Search/ }).click()
    await page.getByLabel('Search threads').fill('617 annual')
    await page.getByText('1 thread contains “617 annual”').waitFor()
    const found = link(page, /Annual figures/)
    expect([...new Set(await found.locator('mark').allTextContents())]).toEqual(['Annual', '617'])
    expect(await found.innerText()).toContain('Archived · ')
    await expectAccessible(page, 'search')
    await found.click()
    await page.getByRole('heading', { level: 1, name: 'Annual figures' }).waitFor()
    expect(await page.getByRole('main').getByText('Archived', { exact: true }).isVisible()).toBe(true)
    // It leads to the turn in which it was found.
    const turn = page.getByRole('heading', { level: 2, name: question })
    const focused = () => turn.evaluate((heading) => heading === document.activeElement)
    await expect.poll(focused).toBe(true)
    expect(new URL(page.url()).hash).toMatch(/^#msg_/)
    expect(troubles).toEqual([])
    await page.context().close()
  })

  test('lead to the turn and the branch of what was found, with each press, and mark its words', async () => {
    const { page, troubles } = await openTab(browser)
    const id = await make(page, 'Two branches of figures', question)
    // Another question at the thread's root: what was asked first is in a branch that is not shown.
    const run = await page.request.post(`/api/threads/${id}/runs`, {
      data: { text: 'Show order 10248', parentId: '' },
    })
    const { runId }: { runId: string } = await run.json()
    await page.request.get(`/api/runs/${runId}/events`)
    await page.goto(`/t/${id}`)
    await page.getByRole('heading', { level: 2, name: 'Show order 10248' }).waitFor()
    await page.getByRole('button', { name: /^Search/ }).click()
    await page.getByLabel('Search threads').fill('617 branches')
    await page.getByText('1 thread contains “617 branches”').waitFor()
    const found = link(page, /Two branches of figures/)
    await found.click()

    const turn = page.getByRole('heading', { level: 2, name: question })
    const led = async () =>
      (await turn.count()) === 1 && (await turn.evaluate((heading) => heading === document.activeElement))
    await expect.poll(led).toBe(true)
    const marked = () => page.evaluate(() => [...(CSS.highlights.get('found') ?? [])].map(String))
    await expect.poll(marked).toContain('617')
    expect(new Set(await marked())).toEqual(new Set(['617']))

    // The reader goes elsewhere, and presses once more.
    await page.getByLabel('Message').focus()
    expect(await led()).toBe(false)
    const entries = await page.evaluate(() => history.length)
    await found.click()
    await expect.poll(led).toBe(true)
    await page.getByRole('button', { name: 'Later version' }).first().click()
    await page.getByRole('heading', { level: 2, name: 'Show order 10248' }).waitFor()
    await found.click()
    await expect.poll(led).toBe(true)
    // To go back leads where one came from, however often one pressed.
    expect(await page.evaluate(() => history.length)).toBe(entries)
    await expectAccessible(page, 'found')

    // Who asks on has found it.
    await page.getByLabel('Message').fill('Show order 10249')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 2, name: 'Show order 10249' }).waitFor()
    await expect.poll(marked).toEqual([])
    expect(troubles).toEqual([])
    await page.context().close()
  })

  test('have what was found at the top, also when what is above it takes its height', async () => {
    const { page, troubles } = await openTab(browser)
    const id = await make(page, 'Three long turns', 'Show order 10248')
    for (const text of [question, 'Top 5 customers by sales']) {
      const run = await page.request.post(`/api/threads/${id}/runs`, { data: { text } })
      const { runId }: { runId: string } = await run.json()
      await page.request.get(`/api/runs/${runId}/events`)
    }
    await page.goto('/')
    await page.getByRole('button', { name: /^Search/ }).click()
    await page.getByLabel('Search threads').fill('617 turns')
    await page.getByText('1 thread contains “617 turns”').waitFor()
    await link(page, /Three long turns/).click()
    const top = () =>
      page.evaluate(() => {
        const turn = document.activeElement?.closest('[data-turn]')?.getBoundingClientRect()
        const box = document.querySelector('.transcript__scroll')?.getBoundingClientRect()
        return turn && box ? Math.round(turn.top - box.top) : NaN
      })
    await expect.poll(top).toBe(16)
    await page.waitForTimeout(500)
    expect(await top()).toBe(16)
    expect(troubles).toEqual([])
    await page.context().close()
  })

  test('are renamed and archived without moving, and come back', async () => {
    const { page, troubles } = await openTab(browser)
    const id = await make(page, 'Stock of cheese')
    await page.goto(`/t/${id}`)
    await choose(page, 'Stock of cheese', 'Rename')
    await page.getByLabel('Thread title').fill('Stock of butter')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Stock of butter' }).waitFor()

    await choose(page, 'Stock of butter', 'Archive')
    await link(page, 'Stock of butter').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await link(page, 'Stock of butter').waitFor()
    await choose(page, 'Stock of butter', 'Archive')
    await list(page).getByRole('button', { name: 'Archived' }).click()
    await link(page, 'Stock of butter').waitFor()
    await expectAccessible(page, 'archive')
    await choose(page, 'Stock of butter', 'Unarchive')
    await link(page, 'Stock of butter').waitFor({ state: 'detached' })
    await list(page).getByRole('button', { name: 'Archived' }).click()
    await link(page, 'Stock of butter').waitFor()
    await expect.poll(async () => (await summary(page, id)).archived).toBe(false)
    expect(troubles).toEqual([])
    await page.context().close()
  })

  test('come back when two were deleted, both of them', async () => {
    const { page, troubles } = await openTab(browser)
    const names = ['First to go', 'Second to go']
    const ids = [await make(page, 'First to go'), await make(page, 'Second to go')]
    await page.goto('/')
    for (const name of names) {
      await choose(page, name, 'Delete')
      await link(page, name).waitFor({ state: 'detached' })
    }
    // Toasts stay while the pointer rests on one.
    await page.getByText('“Second to go” deleted').hover()
    expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(2)
    await expectAccessible(page, 'two toasts')
    for (const left of [1, 0]) {
      await page.getByRole('button', { name: 'Undo' }).first().click()
      await expect.poll(() => page.getByRole('button', { name: 'Undo' }).count()).toBe(left)
    }
    for (const name of names) await link(page, name).waitFor()
    for (const id of ids) expect((await page.request.get(`/api/threads/${id}`)).status()).toBe(200)
    expect(troubles).toEqual([])
    await page.context().close()
  })

  test('are saved as Markdown and as JSON', async () => {
    const { page, troubles } = await openTab(browser)
    const id = await make(page, 'Sales: Zürich & Köln', question)
    await page.goto(`/t/${id}`)
    await page.getByRole('button', { name: 'Copy answer' }).waitFor()
    const save = async (item: string) => {
      await page.getByRole('main').getByRole('button', { name: 'Thread menu' }).click()
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: item }).click(),
      ])
      return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') }
    }
    const report = await save('Export as Markdown')
    expect(report.name).toBe('Sales Zürich & Köln.md')
    for (const part of [
      '# Sales: Zürich \\& Köln\n',
      `> ${question}\n`,
      /#### Call 1: .+ → read\\_query\n/,
      '```sql\nSELECT',
      /\| 2 \| 1997 \| 617085\.2/,
      '3 rows.',
      '617,085.20',
    ]) {
      expect(report.text).toMatch(
        part instanceof RegExp ? part : new RegExp(part.replaceAll(/[\\.?*|]/g, '\\$&')),
      )
    }
    const all = await save('Export as JSON')
    const document: { version: number; thread: Summary; messages: unknown[] } = JSON.parse(all.text)
    expect([all.name, document.version, document.thread.id, document.messages.length]).toEqual([
      'Sales Zürich & Köln.json',
      1,
      id,
      2,
    ])
    expect(troubles).toEqual([])
    await page.context().close()
  })

  test('are marked while their newest answer has not been seen', async () => {
    const { page, troubles } = await openTab(browser)
    const id = await make(page, 'Asked elsewhere', question)
    await page.goto('/')
    const item = link(page, /Asked elsewhere/)
    await item.getByRole('img', { name: 'Unread' }).waitFor()
    await expectAccessible(page, 'unread')
    const other = await page.context().newPage()
    await other.goto('/')
    await link(other, /Asked elsewhere/)
      .getByRole('img', { name: 'Unread' })
      .waitFor()
    await page.bringToFront()
    await item.click()
    await expect.poll(async () => (await summary(page, id)).unread, { timeout: 20_000 }).toBeUndefined()
    await link(other, /Asked elsewhere/)
      .getByRole('img', { name: 'Unread' })
      .waitFor({ state: 'detached' })
    expect(troubles).toEqual([])
    await page.context().close()
  })

  test('come as the list is scrolled, and by a button where that failed', async () => {
    const { page } = await openTab(browser)
    await make(page, 'The oldest of many')
    for (let i = 0; i < 60; i++) await page.request.post('/api/threads')
    let refused = 0
    await page.route('**/api/threads?*cursor=*', (route) => {
      if (refused++ > 0) return route.continue()
      return route.fulfill({
        status: 500,
        contentType: 'application/problem+json',
        body: JSON.stringify({ title: 'Error', status: 500, kind: 'internal', detail: 'It failed.' }),
      })
    })
    await page.goto('/')
    await list(page)
      .getByRole('link', { name: /^Untitled/ })
      .last()
      .scrollIntoViewIfNeeded()
    const again = list(page).getByRole('button', { name: 'Older threads could not be loaded. Try again' })
    await again.waitFor()
    expect(await link(page, /The oldest of many/).count()).toBe(0)
    await again.click()
    await link(page, /The oldest of many/).waitFor()
    await page.unroute('**/api/threads?*cursor=*')
    await page.reload()
    await list(page)
      .getByRole('link', { name: /^Untitled/ })
      .last()
      .scrollIntoViewIfNeeded()
    await link(page, /The oldest of many/).waitFor()
    await page.context().close()
  })
})
