import { createContext, use, useCallback, useSyncExternalStore } from 'react'

/** Rows of a call on which a figure rests: the call's number in the thread, and indexes of rows from 0. */
export interface Place {
  call: number
  /** Null stands for the result as a whole. */
  rows: readonly number[] | null
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
  pointed: Place | undefined
  sought: Sought | undefined
  private readonly listeners = new Set<() => void>()

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  /** Marks a place for as long as the mouse or the focus is on what cites it. */
  point(place: Place | undefined) {
    this.pointed = place
    this.tell()
  }

  /** Has a place shown, with the focus on it. */
  seek(place: Place, from: HTMLElement | null) {
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

/** Follows the place that is pointed at, if it is of that call. */
export function usePointed(call: number): Place | undefined {
  const pointer = usePointer()
  const read = () => (pointer.pointed?.call === call ? pointer.pointed : undefined)
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
