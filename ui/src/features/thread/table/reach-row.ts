import { useEffect, type RefObject } from 'react'

/**
 * Scrolls until a row is drawn, and hands it over; or nothing, if it does not come. Top is how
 * far down it stands, in pixels. Returns what gives up on it.
 */
export function reachRow(
  wrap: HTMLElement | null,
  number: number,
  top: number,
  done: (row: HTMLElement | null) => void,
): () => void {
  let left = 20
  let frame = 0
  const look = () => {
    const row = wrap?.querySelector<HTMLElement>(`tr[data-row="${number}"]`) ?? null
    if (row || left-- === 0) {
      done(row)
      return
    }
    // Rows that have just begun to be drawn as needed go back to the top once.
    if (wrap) wrap.scrollTop = top
    frame = requestAnimationFrame(look)
  }
  look()
  return () => cancelAnimationFrame(frame)
}

/**
 * Brings a row, by its number from 0, into the middle of a scroller and gives it the focus, once its
 * place among those on view is known; -1 is the scroller itself. It tells whether that was possible.
 */
export function useFoundRow(
  scroller: RefObject<HTMLElement | null>,
  find: number | undefined,
  numbers: readonly number[],
  rowHeight: number,
  onFound: ((found: boolean) => void) | undefined,
) {
  useEffect(() => {
    if (find === undefined) return
    if (find < 0) {
      scroller.current?.focus()
      onFound?.(true)
      return
    }
    const place = numbers.indexOf(find + 1)
    if (place < 0) {
      onFound?.(false)
      return
    }
    return reachRow(scroller.current, find + 1, place * rowHeight, (row) => {
      row?.focus({ preventScroll: true })
      row?.scrollIntoView({ block: 'center' })
      onFound?.(true)
    })
  }, [find, numbers, onFound, rowHeight, scroller])
}
