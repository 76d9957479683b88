import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react'
import type { Spot } from './reading-place'
import type { Turn } from './state/turns'

/** A message that a link leads to, and which visit of the address it is: to come back leads there again. */
export interface Target {
  message: string
  visit: string
  /** The words by which it was found, if it was searched for. */
  words?: string | undefined
}

/** How far below the upper edge, in pixels, a turn stands that was led to. */
const below = 16

/** Returns which turn a message is in, counted from 0; -1 if none is. */
export function turnOf(turns: readonly Turn[], message: string): number {
  return turns.findIndex(
    ({ question, answers }) => question?.id === message || answers.some((a) => a.message.id === message),
  )
}

function turnIn(content: HTMLElement | null, key: string): HTMLElement | undefined {
  const all = content?.querySelectorAll<HTMLElement>('[data-turn]') ?? []
  return [...all].find((one) => one.dataset['turn'] === key)
}

/**
 * Leads to the turn of a message when a link asks for it, once that turn is drawn, and gives it the focus;
 * the words by which it was found are marked in it, until something is asked. Hidden is how many turns at the beginning are not drawn; showFrom has one of them drawn. Returns
 * the key of the turn that was led to.
 */
export function useTarget(
  target: Target | undefined,
  turns: readonly Turn[],
  hidden: number,
  showFrom: (turn: number) => void,
  { content, goTo }: { content: RefObject<HTMLElement | null>; goTo: (spot: Spot) => void },
): string | undefined {
  const done = useRef<string>(undefined)
  const at = target ? turnOf(turns, target.message) : -1
  // What is in another branch comes when that is shown; what is nowhere is nothing to go to.
  const key = turns[at]?.key
  const visit = target?.visit
  useLayoutEffect(() => {
    if (key === undefined || done.current === visit) return
    if (at < hidden) return showFrom(at)
    done.current = visit
    goTo({ turn: key, piece: -1, offset: below })
    turnIn(content.current, key)?.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true })
  }, [visit, key, at, hidden, showFrom, content, goTo])
  const words = target?.words
  // Who asks on has found it.
  const last = turns.at(-1)?.key
  const found = useRef<{ visit?: string; last?: string | undefined }>({})
  useEffect(() => {
    if (visit === undefined || key === undefined || at < hidden || !words) return undefined
    if (found.current.visit !== visit) found.current = { visit, last }
    if (found.current.last !== last) return undefined
    let unmark: (() => void) | undefined = () => undefined
    void import('./found-words').then(({ markWords }) => {
      const turn = unmark && turnIn(content.current, key)
      if (turn) unmark = markWords(turn, words)
    })
    return () => {
      unmark?.()
      unmark = undefined
    }
  }, [visit, key, at, hidden, words, last, content])
  return at < hidden ? undefined : key
}
