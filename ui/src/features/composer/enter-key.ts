import type { KeyboardEvent } from 'react'

/**
 * Tells whether the only keyboard is the one on the screen: a device that is touched, without a
 * mouse, a trackpad or a pen. There, Enter begins a new line, as in every other text field of such
 * a device, and the button sends.
 */
export function onScreenKeyboard(): boolean {
  return (
    matchMedia('(pointer: coarse) and (hover: none)').matches && !matchMedia('(any-pointer: fine)').matches
  )
}

/**
 * Tells whether a key sends what is written. While an input method composes, Enter chooses a
 * candidate; Safari ends the composition before the key arrives, which then has the code 229.
 */
export function sends(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' || event.shiftKey || event.altKey) return false
  if (event.nativeEvent.isComposing || event.keyCode === 229) return false
  return event.ctrlKey || event.metaKey || !onScreenKeyboard()
}
