import { useEffect, useEffectEvent } from 'react'

const onMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** shortcutLabel writes ⌘J on Apple's systems and Ctrl J elsewhere. */
export function shortcutLabel(key: string): string {
  return onMac ? `⌘${key}` : `Ctrl ${key}`
}

/** shortcutKeys is the same for aria-keyshortcuts. */
export function shortcutKeys(key: string): string {
  return `${onMac ? 'Meta' : 'Control'}+${key}`
}

/** useShortcut runs act when ⌘ or Ctrl and the letter are pressed, wherever the focus is. */
export function useShortcut(key: string, act: () => void) {
  const run = useEffectEvent(act)
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const command = onMac ? event.metaKey : event.ctrlKey
      if (!command || event.altKey || event.shiftKey || event.isComposing) return
      if (event.key.toLowerCase() !== key.toLowerCase()) return
      event.preventDefault()
      run()
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [key])
}
