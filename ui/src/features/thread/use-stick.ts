import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { flushSync } from 'react-dom'
import { scrollToSpot, spotIn, type Spot } from './reading-place'

/** Closer to the end than this, in pixels, counts as at the end. */
const nearEnd = 24

/** Only further from the end than this, in pixels, is there a way back worth offering. */
const worthAJump = 96

/** A scroller that keeps its end in view as its content grows, until its reader goes elsewhere. */
export interface Stick {
  scroller: RefObject<HTMLDivElement | null>
  content: RefObject<HTMLDivElement | null>
  /** Whether the end is in view, or almost. */
  atEnd: boolean
  toEnd: () => void
  /** Brings a spot to where it is said to be, and keeps it there until the reader moves. */
  goTo: (spot: Spot) => void
  /** Lets go of the end, because the reader does something where they are. */
  release: () => void
  /** Does something that puts content above what the reader sees, which stays where it is. */
  keepingPlace: (work: () => void) => void
}

/** What a reader does who is to be let go at once. */
const moves = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const

/**
 * Keeps the end of a scroller in view; or, where there is a spot to begin at, that spot, as what
 * is above it takes its height. It never fights its reader: scrolling, selecting text or opening
 * something lets go at once, and only going back to the end takes hold again. onLeave is told
 * where the reader was when the scroller or the page goes; undefined is the end.
 */
export function useStick(begin?: Spot, onLeave?: (spot: Spot | undefined) => void): Stick {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const held = useRef(begin === undefined)
  const kept = useRef(begin)
  const last = useRef(0) // where it was when somebody looked
  const [atEnd, setAtEnd] = useState(true)
  const leave = useRef(onLeave)
  useLayoutEffect(() => {
    leave.current = onLeave
  })

  const toEnd = useCallback(() => {
    const box = scroller.current
    if (!box) return
    held.current = true
    kept.current = undefined
    box.scrollTop = box.scrollHeight
    setAtEnd(true)
  }, [])

  const release = useCallback(() => {
    held.current = false
    kept.current = undefined
  }, [])

  const goTo = useCallback((spot: Spot) => {
    if (!scroller.current || !scrollToSpot(scroller.current, spot)) return
    held.current = false
    kept.current = spot
    // So that the scrolling is not taken for the reader's, which is told in a moment.
    last.current = scroller.current.scrollTop
  }, [])

  const keepingPlace = useCallback((work: () => void) => {
    const box = scroller.current
    const edge = box?.getBoundingClientRect().top ?? 0
    const anchor = [...(content.current?.querySelectorAll('article') ?? [])].find(
      (article) => article.getBoundingClientRect().bottom > edge,
    )
    const before = anchor?.getBoundingClientRect().top ?? 0
    held.current = false
    kept.current = undefined
    flushSync(work)
    if (box && anchor) box.scrollTop += anchor.getBoundingClientRect().top - before
  }, [])

  useLayoutEffect(() => {
    const box = scroller.current
    const inner = content.current
    if (!box || !inner) return
    const goBack = () => {
      if (kept.current === undefined || scrollToSpot(box, kept.current)) return
      kept.current = undefined
      held.current = true
      box.scrollTop = box.scrollHeight
    }
    goBack()
    last.current = box.scrollTop
    let height = box.scrollHeight
    const look = () => {
      const rest = box.scrollHeight - box.clientHeight - box.scrollTop
      const near = rest <= nearEnd
      const wentUp = box.scrollTop < last.current && box.scrollHeight >= height
      if (wentUp && !near) held.current = false
      else if (near && box.scrollTop > last.current) held.current = true
      last.current = box.scrollTop
      height = box.scrollHeight
      setAtEnd(rest <= worthAJump)
    }
    const grown = new ResizeObserver(() => {
      const selecting = !(document.getSelection()?.isCollapsed ?? true)
      if (held.current && !selecting) box.scrollTop = box.scrollHeight
      goBack()
      look()
    })
    grown.observe(inner)
    grown.observe(box)
    const onScroll = () => {
      // Whoever searches in the page is taken elsewhere without having moved anything. Where the height has
      // changed as well, it was the browser that moved, to keep a place of its own choice.
      if (Math.abs(box.scrollTop - last.current) > 2 && box.scrollHeight === height) kept.current = undefined
      look()
    }
    const letGo = () => {
      kept.current = undefined
    }
    const onLeave = () => {
      const near = box.scrollHeight - box.clientHeight - box.scrollTop <= nearEnd
      leave.current?.(held.current || near ? undefined : (kept.current ?? spotIn(box)))
    }
    look()
    box.addEventListener('scroll', onScroll, { passive: true })
    for (const move of moves) box.addEventListener(move, letGo, { passive: true })
    window.addEventListener('pagehide', onLeave)
    return () => {
      onLeave()
      grown.disconnect()
      box.removeEventListener('scroll', onScroll)
      for (const move of moves) box.removeEventListener(move, letGo)
      window.removeEventListener('pagehide', onLeave)
    }
  }, [])

  return { scroller, content, atEnd, toEnd, goTo, release, keepingPlace }
}
