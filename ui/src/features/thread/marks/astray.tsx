import { use } from 'react'
import { strings } from '@/strings/thread'
import type { Message } from '@/wire/wire.gen'
import { CallsContext, namesOf, type CallOf } from './calls'
import { astrayIn, writePlaces } from './figures'
import { PlaceLink, whereOf } from './mark-view'
import type { FigureMark } from './marks'

/** How many figures are told of one by one; all of them are marked in the text. */
const mostTold = 5

/** Returns the figures of an answer that are right but said of other rows than theirs, each once. */
export function astrayOf(message: Message): FigureMark[] {
  const all = (message.grounding ?? []).flatMap(astrayIn)
  return [...new Map(all.map((mark) => [`${mark.text} ${writePlaces(mark.places)}`, mark])).values()]
}

/** Astray tells which figures of an answer belong to other rows, and to which. Nothing is said where there are none. */
export function Astray({ message }: { message: Message }) {
  const callOf = use(CallsContext)
  const figures = astrayOf(message)
  if (figures.length === 0) return null
  const told = figures.length > mostTold + 1 ? figures.slice(0, mostTold) : figures
  return (
    <ul className="aside num">
      {told.map((mark) => {
        const where = placeOf(mark, callOf)
        return (
          <li key={mark.id}>
            {strings.astrayAt(strings.astray(mark), '')}
            <PlaceLink places={mark.places} className="place" name={where}>
              {where}
            </PlaceLink>
            .
          </li>
        )
      })}
      {told.length < figures.length && <li>{strings.moreAstray(figures.length - told.length)}</li>}
    </ul>
  )
}

/** Says where a figure stands, and what its row is called, unless that is the figure itself. */
function placeOf({ text, places }: FigureMark, callOf: CallOf): string {
  const name = places.length === 1 ? namesOf(places[0], callOf) : ''
  return strings.namedRows(whereOf(places), name === text ? '' : name)
}
