import { useCallback, useState } from 'react'
import { loadJSON, save } from '@/lib/storage'
import type { Settings } from '@/wire/wire.gen'

const name = 'new-thread'

/**
 * useNewChoice holds the model, the servers and the tools of the thread that is about to be
 * started. The model is remembered for the next one; the servers begin with all.
 */
export function useNewChoice(): [Settings, (settings: Settings) => void] {
  const [settings, setSettings] = useState<Settings>(() => {
    const model = loadJSON(name, isModelChoice)?.model
    return { servers: null, ...(model === undefined ? {} : { model }) }
  })
  const set = useCallback((next: Settings) => {
    save(name, next.model === undefined ? null : JSON.stringify({ model: next.model }))
    setSettings(next)
  }, [])
  return [settings, set]
}

function isModelChoice(value: unknown): value is { model: string } {
  return typeof value === 'object' && value !== null && 'model' in value && typeof value.model === 'string'
}
