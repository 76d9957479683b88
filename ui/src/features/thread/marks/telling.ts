import { createContext } from 'react'
import type { CallOf } from './calls'
import { nameOfRow } from './calls'
import { writePlaces } from './figures'
import { markPattern, type FigureMark, type Mark } from './marks'

/** TellingContext carries the places that figures of a block show beside them, by the figures' ids. */
export const TellingContext = createContext<ReadonlyMap<string, string>>(new Map())

/** Tells whether a figure is but the name of its row, such as the year in a table by years. */
export function isName({ text, derived, doubt, places: [place] }: FigureMark, callOf: CallOf): boolean {
  if (doubt === 'astray') return false
  const row = place?.rows?.[0]
  return derived === 'cell' && row !== undefined && nameOfRow(callOf, place?.call ?? 0, row) === text
}

/**
 * Returns what the figures of a block show of where they are from, by their ids. A place is told
 * once in a block, by the first figure from there, and not where its author cites it; a figure
 * that may be there by chance tells none.
 */
export function tellingIn(
  source: string,
  marks: ReadonlyMap<string, Mark>,
  callOf: CallOf,
): ReadonlyMap<string, string> {
  const ids = [...source.matchAll(markPattern)].flatMap(([, id = '']) => marks.get(id) ?? [])
  const told = new Set(
    ids.flatMap((mark) => {
      if (mark.kind !== 'citation') return []
      if (mark.problem === undefined) return [writePlaces(mark.places)]
      return mark.problem === 'astray' ? [`≠${writePlaces(mark.places)}`] : []
    }),
  )
  const telling = new Map<string, string>()
  for (const mark of ids) {
    if (mark.kind !== 'figure' || mark.doubt === 'chance' || telling.has(mark.id)) continue
    if (mark.places.length === 0 || isName(mark, callOf)) continue
    const astray = mark.doubt === 'astray'
    const key = `${astray ? '≠' : ''}${writePlaces(mark.places)}`
    if (told.has(key)) continue
    told.add(key)
    telling.set(mark.id, `${astray ? '≠' : ''}${briefly(mark.places)}`)
  }
  return telling
}

/** Writes places as short as they can be told: 2:7–10, and 2:7… where there are more rows than one range. */
function briefly(places: FigureMark['places']): string {
  return places
    .map((place) => writePlaces([place]))
    .map((whole) => (whole.includes(',') ? whole.replace(/,.*$/, '…') : whole))
    .join(' ')
}
