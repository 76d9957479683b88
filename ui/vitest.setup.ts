import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/react'
import { afterEach } from 'vitest'
import { dialogPart } from '@/ui/dialog'
import { menuPart } from '@/ui/menu'
import { popoverPart } from '@/ui/popover'

// What comes after the page is here from the beginning, as on a page that has been open for a second.
await Promise.all([dialogPart.load(), menuPart.load(), popoverPart.load()])

afterEach(() => {
  cleanup()
  localStorage.clear()
})

// A busy machine takes its time to compile the parts that are loaded late.
configure({ asyncUtilTimeout: 15_000 })

// What jsdom lacks and Radix and the router need.
globalThis.scrollTo = () => undefined
globalThis.requestIdleCallback ??= () => 0
globalThis.cancelIdleCallback ??= () => undefined
Element.prototype.scrollIntoView ??= () => undefined
Element.prototype.hasPointerCapture ??= () => false
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
}
globalThis.matchMedia ??= (query) =>
  Object.assign(new EventTarget(), {
    matches: false,
    media: query,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  })
