import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** Somebody without a mouse, and what went wrong for them on the way. */
export interface Keys {
  /** Presses keys, one after another, and looks at the focus after each. */
  press: (...keys: string[]) => Promise<void>
  /** Presses Tab, or Shift and Tab if back, until something has the focus. */
  to: (target: Locator, back?: 'back') => Promise<void>
  /** Waits until something has the focus, and looks at it. */
  at: (target: Locator) => Promise<void>
  /** Presses the arrow key, from the first item of the menu that has just been opened, until an item has the focus. */
  down: (item: Locator) => Promise<void>
  /** Where the focus was lost, hidden, or had no ring, by step. */
  faults: string[]
}

/** More controls than any page here has: the list holds the threads of all tests. */
const farthest = 600

export function keysOf(page: Page): Keys {
  const faults: string[] = []
  let last = 'the start'
  const look = async (step: string) => {
    // What closes gives the focus back a moment later.
    let fault = await page.evaluate(faultOfFocus)
    for (let i = 0; i < 20 && fault !== undefined; i++) {
      await page.waitForTimeout(50)
      fault = await page.evaluate(faultOfFocus)
    }
    if (fault !== undefined) faults.push(`${step}: ${fault}`)
  }
  const at = async (target: Locator) => {
    await target.waitFor()
    last = `${target}`
    try {
      await expect.poll(() => has(target)).toBe(true)
    } catch {
      const there = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200))
      throw new Error(`${target} has no focus, but ${there}`)
    }
    await look(`at ${target}`)
  }
  const has = (target: Locator) => target.evaluate((e) => e === document.activeElement)
  return {
    faults,
    async press(...keys) {
      for (const key of keys) {
        await page.keyboard.press(key)
        await look(`${key} after ${last}`)
      }
    },
    async to(target, back) {
      await target.waitFor()
      last = `${target}`
      for (let i = 0; i < farthest && !(await has(target)); i++) {
        await page.keyboard.press(back === undefined ? 'Tab' : 'Shift+Tab')
        await look(`on the way to ${target}`)
      }
      expect(await has(target), `${target} is reached`).toBe(true)
    },
    at,
    async down(item) {
      const items = page.locator('[role^=menuitem]:not([data-disabled])')
      await items.first().waitFor()
      // A menu moves its focus a moment after the key.
      for (let i = 0; i < (await items.count()); i++) {
        await at(items.nth(i))
        if (await has(item)) return
        await page.keyboard.press('ArrowDown')
      }
      throw new Error(`${item} is not in the menu`)
    },
  }
}

/** Runs in the page: says what is wrong with where the focus is (WCAG 2.2: 2.4.7, 2.4.11). */
function faultOfFocus(): string | undefined {
  const focused = document.activeElement
  if (focused === null || focused === document.body) return 'the focus is lost'
  const what = `${focused.tagName.toLowerCase()} “${(focused.getAttribute('aria-label') ?? focused.textContent ?? '').trim().slice(0, 40)}”`
  // A hidden radio button shows by its label.
  const shown =
    focused instanceof HTMLInputElement && focused.type === 'radio' ? focused.closest('label') : focused
  if (shown === null) return `${what} shows nowhere`
  const box = shown.getBoundingClientRect()
  const left = Math.max(box.left, 0)
  const right = Math.min(box.right, innerWidth)
  const top = Math.max(box.top, 0)
  const bottom = Math.min(box.bottom, innerHeight)
  if (right - left < 1 || bottom - top < 1) return `${what} is out of sight`
  // Not entirely hidden: of some of its points, one has to be on top.
  const onTop = [0.5, 0.1, 0.9].some((x) =>
    [0.5, 0.1, 0.9].some((y) => {
      const over = document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y)
      return over !== null && (shown.contains(over) || over.contains(shown))
    }),
  )
  if (!onTop) return `${what} is covered`
  // What is written into shows its caret; what is led to, and not operated, need not show.
  const writes = focused.matches('textarea, input:not([type=radio], [type=checkbox])')
  const leads =
    focused.getAttribute('tabindex') === '-1' &&
    !focused.matches('[role^=menuitem], [role=radio], [role=tab], tr')
  if (writes || leads) return undefined
  for (
    let e: Element | null = shown;
    e !== null && e !== shown.parentElement?.parentElement;
    e = e.parentElement
  ) {
    const style = getComputedStyle(e)
    if (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1) return undefined
  }
  // An item of a menu is marked by its background, as the mouse marks it.
  if (focused.matches('[role^=menuitem]') && focused.hasAttribute('data-highlighted')) return undefined
  return `${what} has no ring`
}
