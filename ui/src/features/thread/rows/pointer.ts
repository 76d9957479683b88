import { createContext, use, useCallback, useSyncExternalStore } from 'react'

/** Rows of a call on which a figure rests: the call's number in the thread, and indexes of rows from 0. */
export interface Place {
  call: number
  /** Null stands for the result as a whole. */
  rows: readonly number[] | null
  /** The very cells, where they are known: rows as above, and the index of a column. */
  cells?: readonly { rows: readonly number[] | null; column: number }[]
}

/**
 * Returns what is pointed at in a row, counted from 0: the indexes of cells, true for the row as
 * such, or false.
 */
export function aimAt(place: Place | undefined, row: number): boolean | readonly number[] {
  if (!place) return false
  if (!place.cells) return place.rows?.includes(row) === true
  const columns = place.cells.flatMap(({ rows, column }) => (rows?.includes(row) === false ? [] : [column]))
  return columns.length > 0 && columns
}

/** A place that was gone to, and what to go back to. */
export interface Sought {
  place: Place
  from: HTMLElement | null
}

/**
 * Pointer ties what an answer says to the rows that it rests on: which place is pointed
 * at, and which is to be shown. The ledger's lines and their tables follow it.
 */
export class Pointer {
  pointed: readonly Place[] = []
  sought: Sought | undefined
  private followed = false
  private readonly listeners = new Set<() => void>()

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  /** Marks places, all of those on which something rests, as long as the mouse or the focus is on it. */
  point(places: readonly Place[]) {
    this.pointed = places
    this.followed = false
    this.tell()
  }

  /** Says that the mouse or the focus has left what cites places. What was gone to stays marked. */
  leave() {
    if (this.followed) return
    this.pointed = []
    this.tell()
  }

  /** Has the first of places shown, with the focus on it. */
  seek(places: readonly Place[], from: HTMLElement | null) {
    const [place] = places
    if (!place) return
    this.pointed = places
    this.followed = true
    this.sought = { place, from }
    this.tell()
  }

  /** Says that what was sought is shown. */
  found() {
    this.sought = undefined
    this.tell()
  }

  private tell() {
    for (const listener of this.listeners) listener()
  }
}

/** PointerContext carries the thread's pointer down to its text and its tables. */
export const PointerContext = createContext(new Pointer())

/** Returns the pointer of the thread on view. */
export function usePointer(): Pointer {
  return use(PointerContext)
}

/** Follows what is pointed at of a call. */
export function usePointed(call: number): Place | undefined {
  const pointer = usePointer()
  const read = () => pointer.pointed.find((place) => place.call === call)
  return useSyncExternalStore(pointer.subscribe, read)
}

/** Follows the place that is sought, if it is of that call. */
export function useSought(call: number): Sought | undefined {
  const pointer = usePointer()
  const read = useCallback(
    () => (pointer.sought?.place.call === call ? pointer.sought : undefined),
    [pointer, call],
  )
  return useSyncExternalStore(pointer.subscribe, read)
}

/** Rows that the answers of a thread cite, by the numbers of their calls. */
export type Cited = ReadonlyMap<number, ReadonlySet<number>>

/** CitedContext carries the cited rows down to the tables. */
export const CitedContext = createContext<Cited>(new Map())
