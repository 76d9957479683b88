/**
 * Reads and writes what this browser remembers, or this tab alone, under one prefix.
 * Storage that is full, blocked or holds rubbish is as good as empty: the page works
 * without it.
 */
const prefix = 'pomchat.'

/** How far what is stored is known. What a tab knows ends with it. */
export type Reach = 'browser' | 'tab'

/** May throw, where storage is blocked. */
function storageOf(reach: Reach): Storage {
  return reach === 'tab' ? sessionStorage : localStorage
}

/** load returns the stored text, or null. */
export function load(name: string, reach: Reach = 'browser'): string | null {
  try {
    return storageOf(reach).getItem(prefix + name)
  } catch {
    return null
  }
}

/** save stores a text; null removes it. It returns whether that worked. */
export function save(name: string, value: string | null, reach: Reach = 'browser'): boolean {
  try {
    if (value === null) storageOf(reach).removeItem(prefix + name)
    else storageOf(reach).setItem(prefix + name, value)
    return true
  } catch {
    return false
  }
}

/** loadJSON returns the stored value if accepts recognises it, else null. */
export function loadJSON<T>(
  name: string,
  accepts: (value: unknown) => value is T,
  reach: Reach = 'browser',
): T | null {
  try {
    const value: unknown = JSON.parse(load(name, reach) ?? 'null')
    return accepts(value) ? value : null
  } catch {
    return null
  }
}

/** drop removes what is stored under the names that it is true for. */
export function drop(matches: (name: string) => boolean, reach: Reach = 'browser') {
  try {
    const storage = storageOf(reach)
    for (const key of Object.keys(storage)) {
      if (key.startsWith(prefix) && matches(key.slice(prefix.length))) storage.removeItem(key)
    }
  } catch {
    // Then there is nothing to remove.
  }
}

/** watch calls the listener when another tab has changed what is stored under a name; it returns how to end that. */
export function watch(name: string, listener: () => void): () => void {
  const heard = ({ key }: StorageEvent) => {
    if (key === null || key === prefix + name) listener()
  }
  addEventListener('storage', heard)
  return () => removeEventListener('storage', heard)
}
