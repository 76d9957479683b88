import { useSyncExternalStore } from 'react'
import { load, save } from './storage'

/** What a person chose; system follows the operating system as it changes. */
export type Theme = 'system' | 'light' | 'dark'

/** The choices in the order of the menu. */
export const themes = ['system', 'light', 'dark'] as const satisfies readonly Theme[]

const name = 'theme'
const changed = 'pomchat:theme'
const systemIsDark = () => matchMedia('(prefers-color-scheme: dark)')

/** isTheme recognises a stored or clicked choice. */
export function isTheme(value: unknown): value is Theme {
  return themes.some((theme) => theme === value)
}

function chosen(): Theme {
  const saved = load(name)
  return isTheme(saved) ? saved : 'system'
}

function paint() {
  const theme = chosen()
  const dark = theme === 'dark' || (theme === 'system' && systemIsDark().matches)
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light'
}

/** setTheme saves the choice and repaints this tab; other tabs follow by themselves. */
export function setTheme(theme: Theme) {
  save(name, theme === 'system' ? null : theme)
  paint()
  dispatchEvent(new Event(changed))
}

/** followTheme keeps the page in step with the system and with other tabs, until stopped. */
export function followTheme(): () => void {
  const system = systemIsDark()
  system.addEventListener('change', paint)
  addEventListener('storage', paint)
  paint()
  return () => {
    system.removeEventListener('change', paint)
    removeEventListener('storage', paint)
  }
}

function subscribe(listener: () => void) {
  addEventListener(changed, listener)
  addEventListener('storage', listener)
  return () => {
    removeEventListener(changed, listener)
    removeEventListener('storage', listener)
  }
}

/** useTheme returns the choice and the function that changes it. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  return [useSyncExternalStore(subscribe, chosen), setTheme]
}
