import type { ReadingPlace } from './place-memory'

/** Where the reader of a scroller is, without how many pages are drawn. */
export type Spot = Omit<ReadingPlace, 'pages'>

/** The pieces of a turn that keep their number when what is in them changes its height. */
const pieces = ':scope > .ask, :scope > .answer > :not(.prose), :scope > .answer > .prose > .block'

/**
 * Returns the first piece of a turn that reaches into what is seen of a scroller, and how far it
 * lies below its upper edge; undefined if no turn does.
 */
export function spotIn(box: HTMLElement): Spot | undefined {
  const edge = box.getBoundingClientRect().top
  const turn = [...box.querySelectorAll<HTMLElement>('article[data-turn]')].find(
    (article) => article.getBoundingClientRect().bottom > edge,
  )
  if (!turn) return undefined
  const all = [...turn.querySelectorAll(pieces)]
  const piece = all.findIndex((one) => one.getBoundingClientRect().bottom > edge)
  const from = (all[piece] ?? turn).getBoundingClientRect().top
  return { turn: turn.dataset['turn'] ?? '', piece, offset: Math.round(from - edge) }
}

/** Scrolls so that a spot is where it was; of a turn that is gone, it does nothing and returns false. */
export function scrollToSpot(box: HTMLElement, { turn, piece, offset }: Spot): boolean {
  const article = [...box.querySelectorAll<HTMLElement>('article[data-turn]')].find(
    (one) => one.dataset['turn'] === turn,
  )
  if (!article) return false
  const element = article.querySelectorAll(pieces)[piece] ?? article
  const { top, height } = element.getBoundingClientRect()
  // Of what has become shorter since, something is to be seen still.
  const wanted = Math.max(offset, Math.min(0, 24 - height))
  box.scrollTop += top - box.getBoundingClientRect().top - wanted
  return true
}
