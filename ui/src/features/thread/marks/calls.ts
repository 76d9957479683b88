import { createContext } from 'react'
import { listOf } from '@/lib/plural'
import type { ToolPart, ToolResult } from '@/wire/wire.gen'
import type { Place } from '../rows/pointer'
import { tableOf, type TableData } from '../rows/table-data'

/** Returns the call of a number in the thread. */
export type CallOf = (number: number) => ToolPart | undefined

/** CallsContext carries the calls of the thread to where a text speaks of them. */
export const CallsContext = createContext<CallOf>(() => undefined)

const tables = new WeakMap<ToolResult, TableData | false>()

/**
 * Returns what a row of a call, counted from 0, is called: its first text, or else its first
 * cell. Only rows that the message holds have a name.
 */
export function nameOfRow(callOf: CallOf, call: number, row: number): string | undefined {
  const output = callOf(call)?.output
  if (!output) return undefined
  const table = tables.get(output) ?? tableOf(output) ?? false
  tables.set(output, table)
  if (!table) return undefined
  const cells = table.rows[row] ?? []
  const name = cells.find((cell, i) => table.columns[i]?.numeric === false && cell !== null) ?? cells[0]
  return name === undefined || name === null ? undefined : String(name)
}

/** Returns what the rows of a place are called, where they are one or two. */
export function namesOf(place: Place | undefined, callOf: CallOf): string {
  const rows = place?.rows ?? []
  if (!place || rows.length > 2) return ''
  return listOf(rows.flatMap((row) => nameOfRow(callOf, place.call, row) ?? []))
}
