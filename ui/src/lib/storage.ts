/**
 * Reads and writes what this browser remembers, under one prefix. Storage that is
 * full, blocked or holds rubbish is as good as empty: the page works without it.
 */
const prefix = 'pomchat.'

/** load returns the stored text, or null. */
export function load(name: string): string | null {
  try {
    return localStorage.getItem(prefix + name)
  } catch {
    return null
  }
}

/** save stores a text; null removes it. It returns whether that worked. */
export function save(name: string, value: string | null): boolean {
  try {
    if (value === null) localStorage.removeItem(prefix + name)
    else localStorage.setItem(prefix + name, value)
    return true
  } catch {
    return false
  }
}

/** loadJSON returns the stored value if accepts recognises it, else null. */
export function loadJSON<T>(name: string, accepts: (value: unknown) => value is T): T | null {
  try {
    const value: unknown = JSON.parse(load(name) ?? 'null')
    return accepts(value) ? value : null
  } catch {
    return null
  }
}

/** drop removes what is stored under the names that it is true for. */
export function drop(matches: (name: string) => boolean) {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix) && matches(key.slice(prefix.length))) localStorage.removeItem(key)
    }
  } catch {
    // Then there is nothing to remove.
  }
}
