import { createContext } from 'react'
import type { FilePart, Part } from '@/wire/wire.gen'
import { placeOf } from './files'

/** The files that were kept of an answer, for the links in its text. */
export const KeptContext = createContext<readonly FilePart[]>([])

const none: readonly FilePart[] = []

/** Returns the files of an answer; the same list as long as there are none. */
export function keptOf(parts: readonly Part[]): readonly FilePart[] {
  const files = parts.filter((p) => p.type === 'file')
  return files.length > 0 ? files : none
}

const sandbox = /^sandbox:\/*(?:[^?#]*\/)?([^/?#]+)$/

/** Whether a link leads into the place where a program ran, which is gone. */
export function isSandbox(href: string): boolean {
  return sandbox.test(href)
}

/**
 * Returns the kept file that a model means by a link into its program's place, such as
 * sandbox:/mnt/data/sales.csv: the newest of that name.
 */
export function keptAt(href: string, files: readonly FilePart[]): FilePart | undefined {
  const name = sandbox.exec(href)?.[1]
  if (name === undefined) return undefined
  const names = [name, decoded(name)]
  return files.findLast((f) => names.includes(f.filename) && placeOf(f) !== undefined)
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
