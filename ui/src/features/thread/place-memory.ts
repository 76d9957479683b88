import { loadJSON, save } from '@/lib/storage'

const name = 'places'

/** So many threads have their place remembered; the one left longest ago makes room. */
export const placesKept = 50

/** Where a thread was left: a turn, a piece of it, and how far that lay below the upper edge of what was seen. */
export interface ReadingPlace {
  /** The key of the turn; see turnsOf. */
  turn: string
  /** The piece of the turn, counted from 0. */
  piece: number
  /** In pixels; negative where the piece began above the edge. */
  offset: number
  /** How many pages of turns were drawn. */
  pages: number
}

/** Threads with their places, the latest last. */
type Kept = [threadId: string, place: ReadingPlace][]

/** Returns where this tab left a thread, if that was not at its end. */
export function recallPlace(threadId: string): ReadingPlace | undefined {
  return read().find(([id]) => id === threadId)?.[1]
}

/** Remembers where this tab leaves a thread; undefined is its end, which needs no memory. */
export function rememberPlace(threadId: string, place: ReadingPlace | undefined) {
  const others = read().filter(([id]) => id !== threadId)
  const kept: Kept = place === undefined ? others : [...others, [threadId, place]]
  save(name, kept.length === 0 ? null : JSON.stringify(kept.slice(-placesKept)), 'tab')
}

function read(): Kept {
  return loadJSON(name, isKept, 'tab') ?? []
}

function isKept(value: unknown): value is Kept {
  return (
    Array.isArray(value) &&
    value.every(
      (one) => Array.isArray(one) && one.length === 2 && typeof one[0] === 'string' && isPlace(one[1]),
    )
  )
}

function isPlace(value: unknown): value is ReadingPlace {
  if (typeof value !== 'object' || value === null) return false
  const { turn, piece, offset, pages } = value as Partial<Record<keyof ReadingPlace, unknown>>
  return typeof turn === 'string' && [piece, offset, pages].every(Number.isFinite)
}
