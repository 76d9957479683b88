import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible } from './browser.ts'
import { openHouse, send, signIn, untilHeld, type House } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ provider: true })
})
afterAll(() => house.close())

const sql = "SELECT CompanyName FROM Customers WHERE Country = 'Norway'"

test('a call is stopped alone, its server is told, and the answer goes on', async () => {
  const { page, context, troubles } = await signIn(house)
  await house.control('/hold', { tool: 'read_query' })
  await send(page, `fake:chain db__read_query ${JSON.stringify({ query: sql })}\ndb__list_tables {}`)
  await untilHeld(house)
  const stop = page.getByRole('button', { name: 'Stop call 1' })
  await stop.waitFor()
  await expectAccessible(page, 'a call that can be stopped')
  await stop.press('Enter')
  // The request is taken back, and what comes after it goes on.
  await untilHeld(house, 0)
  await page.getByRole('button', { name: /^Call ?2 .*list_tables/ }).waitFor()
  await page.getByRole('button', { name: 'Copy answer' }).last().waitFor()
  const line = page.getByRole('button', { name: /^Call ?1 .*read_query.*stopped/ })
  await expect.poll(() => line.evaluate((el) => el === document.activeElement)).toBe(true)
  await line.press('Enter')
  await page.getByText(/^Stopped by the person before the result arrived/).waitFor()
  await expectAccessible(page, 'a call that was stopped')
  await house.control('/release')

  // It is kept as that.
  await page.reload()
  await line.waitFor()
  expect(troubles).toEqual([])
  await context.close()
})
