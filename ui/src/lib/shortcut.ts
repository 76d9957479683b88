import { useEffect, useEffectEvent } from 'react'
import { text } from '@/strings/lib'

const onMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** A key to press, with ⌘ on Apple's systems and Ctrl elsewhere where command is set. */
export type Shortcut = { key: string; command?: true; shift?: true }

/**
 * shortcuts are the keys of the page, each in one place: those who listen, the hints beside
 * what they do, and the sheet that lists them all read them here. One without command counts
 * only while nothing is typed into.
 */
export const shortcuts = {
  palette: { key: 'K', command: true },
  newThread: { key: 'J', command: true },
  search: { key: '/' },
  help: { key: '?' },
  send: { key: 'Enter' },
  newLine: { key: 'Enter', shift: true },
  confirm: { key: 'Enter', command: true },
  leave: { key: 'Escape' },
} as const satisfies Record<string, Shortcut>

/** The name of a shortcut. */
export type ShortcutName = keyof typeof shortcuts

const caps: Record<string, string> = { Enter: '↵', Escape: text.keys.escape }

/** keyCaps returns what is written on the keys of a shortcut: Ctrl and J, or ⌘ and J. */
export function keyCaps(name: ShortcutName): string[] {
  const { key, command, shift }: Shortcut = shortcuts[name]
  return [
    ...(command ? [onMac ? '⌘' : text.keys.control] : []),
    ...(shift ? [onMac ? '⇧' : text.keys.shift] : []),
    caps[key] ?? key,
  ]
}

/** ariaKeys is the same for aria-keyshortcuts. */
export function ariaKeys(name: ShortcutName): string {
  const { key, command }: Shortcut = shortcuts[name]
  return command ? shortcutKeys(key) : key
}

/** shortcutLabel writes ⌘J on Apple's systems and Ctrl J elsewhere. */
export function shortcutLabel(key: string): string {
  return onMac ? `⌘${key}` : `${text.keys.control} ${key}`
}

/** shortcutKeys is the same for aria-keyshortcuts. */
export function shortcutKeys(key: string): string {
  return `${onMac ? 'Meta' : 'Control'}+${key}`
}

/** useShortcut runs act when the keys of a shortcut are pressed, wherever the focus is. */
export function useShortcut(name: ShortcutName, act: () => void) {
  const run = useEffectEvent(act)
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || !isPressed(event, shortcuts[name])) return
      event.preventDefault()
      run()
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [name])
}

/** Tells whether an event is that of a shortcut. */
function isPressed(event: KeyboardEvent, { key, command }: Shortcut): boolean {
  if (event.altKey || (onMac ? event.metaKey : event.ctrlKey) !== (command ?? false)) return false
  if (event.key.toLowerCase() !== key.toLowerCase()) return false
  // Layouts differ in whether / and ? need Shift; letters with it belong to others.
  return command ? !event.shiftKey : !(onMac ? event.ctrlKey : event.metaKey) && !takesKeys(event.target)
}

/** Tells whether what has the focus reads plain keys itself. */
function takesKeys(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  const own = 'input, textarea, select, [contenteditable], [role=menu], [role=listbox], [role=dialog]'
  return target.closest(own) !== null
}
