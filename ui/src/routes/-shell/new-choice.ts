import { useCallback, useState } from 'react'
import { loadJSON, save } from '@/lib/storage'
import type { Settings } from '@/wire/wire.gen'

/** The model that was chosen last, in whatever thread; and what this tab has chosen for the next one. */
const model = 'new-thread'
const choice = 'new-choice'

/** rememberModel keeps the model that was chosen last, to begin new threads with; undefined is the default. */
export function rememberModel(id: string | undefined) {
  save(model, id === undefined ? null : JSON.stringify({ model: id }))
}

/**
 * useNewChoice holds the model, the servers and the tools of the thread that is about to be
 * started: in this tab until it is, also over a look at another thread or a way to connect a
 * server and back. Then the next one begins with the model that was chosen last, and with all
 * servers.
 */
export function useNewChoice(): {
  settings: Settings
  choose: (settings: Settings) => void
  /** Forgets the choice: the thread was started. */
  used: () => void
} {
  const [settings, setSettings] = useState<Settings>(() => loadJSON(choice, isSettings, 'tab') ?? beginning())
  const choose = useCallback((next: Settings) => {
    rememberModel(next.model)
    save(choice, JSON.stringify(next), 'tab')
    setSettings(next)
  }, [])
  const used = useCallback(() => {
    save(choice, null, 'tab')
    setSettings(beginning())
  }, [])
  return { settings, choose, used }
}

/** What a thread begins with of which nothing was chosen. */
function beginning(): Settings {
  const last = loadJSON(model, isModelChoice)?.model
  return { servers: null, ...(last === undefined ? {} : { model: last }) }
}

function isModelChoice(value: unknown): value is { model: string } {
  return typeof value === 'object' && value !== null && 'model' in value && typeof value.model === 'string'
}

/** Tells whether a stored value is settings; one of an older page is not, and is forgotten. */
function isSettings(value: unknown): value is Settings {
  if (typeof value !== 'object' || value === null) return false
  const of = (name: string): unknown => Reflect.get(value, name)
  const list = (name: string) =>
    Array.isArray(of(name)) && [of(name)].flat().every((one) => typeof one === 'string')
  const optional = (name: string, is: boolean) => of(name) === undefined || is
  return (
    (of('servers') === null || list('servers')) &&
    optional('model', typeof of('model') === 'string') &&
    optional('toolsOff', list('toolsOff')) &&
    optional('hosted', list('hosted')) &&
    optional('mixed', typeof of('mixed') === 'boolean')
  )
}
