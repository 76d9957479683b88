import { useLayoutEffect, useRef, type RefObject } from 'react'
import type { Spot } from './reading-place'
import type { Turn } from './state/turns'

/** A message that a link leads to, and which visit of the address it is: to come back leads there again. */
export interface Target {
  message: string
  visit: string
}

/** How far below the upper edge, in pixels, a turn stands that was led to. */
const below = 16

/** Returns which turn a message is in, counted from 0; -1 if none is. */
export function turnOf(turns: readonly Turn[], message: string): number {
  return turns.findIndex(
    ({ question, answers }) => question?.id === message || answers.some((a) => a.message.id === message),
  )
}

/**
 * Leads to the turn of a message when a link asks for it, once that turn is drawn, and gives it the focus.
 * Hidden is how many turns at the beginning are not drawn; showFrom has one of them drawn. Returns
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
    const turn = [...(content.current?.querySelectorAll<HTMLElement>('[data-turn]') ?? [])].find(
      (one) => one.dataset['turn'] === key,
    )
    turn?.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true })
  }, [visit, key, at, hidden, showFrom, content, goTo])
  return at < hidden ? undefined : key
}
