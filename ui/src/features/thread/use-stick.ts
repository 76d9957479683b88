import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { flushSync } from 'react-dom'

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
  /** Lets go of the end, because the reader does something where they are. */
  release: () => void
  /** Does something that puts content above what the reader sees, which stays where it is. */
  keepingPlace: (work: () => void) => void
}

/**
 * Keeps the end of a scroller in view. It never fights its reader: scrolling up,
 * selecting text or opening something lets go at once, and only going back to the
 * end takes hold again.
 */
export function useStick(): Stick {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const held = useRef(true)
  const [atEnd, setAtEnd] = useState(true)

  const toEnd = useCallback(() => {
    const box = scroller.current
    if (!box) return
    held.current = true
    box.scrollTop = box.scrollHeight
    setAtEnd(true)
  }, [])

  const release = useCallback(() => {
    held.current = false
  }, [])

  const keepingPlace = useCallback((work: () => void) => {
    const box = scroller.current
    const edge = box?.getBoundingClientRect().top ?? 0
    const anchor = [...(content.current?.querySelectorAll('article') ?? [])].find(
      (article) => article.getBoundingClientRect().bottom > edge,
    )
    const before = anchor?.getBoundingClientRect().top ?? 0
    held.current = false
    flushSync(work)
    if (box && anchor) box.scrollTop += anchor.getBoundingClientRect().top - before
  }, [])

  useLayoutEffect(() => {
    const box = scroller.current
    const inner = content.current
    if (!box || !inner) return
    let last = box.scrollTop
    let height = box.scrollHeight
    const look = () => {
      const rest = box.scrollHeight - box.clientHeight - box.scrollTop
      const near = rest <= nearEnd
      const wentUp = box.scrollTop < last && box.scrollHeight >= height
      if (wentUp && !near) held.current = false
      else if (near && box.scrollTop > last) held.current = true
      last = box.scrollTop
      height = box.scrollHeight
      setAtEnd(rest <= worthAJump)
    }
    const grown = new ResizeObserver(() => {
      const selecting = !(document.getSelection()?.isCollapsed ?? true)
      if (held.current && !selecting) box.scrollTop = box.scrollHeight
      look()
    })
    grown.observe(inner)
    grown.observe(box)
    box.addEventListener('scroll', look, { passive: true })
    return () => {
      grown.disconnect()
      box.removeEventListener('scroll', look)
    }
  }, [])

  return { scroller, content, atEnd, toEnd, release, keepingPlace }
}
