import { useVirtualizer } from '@tanstack/react-virtual'
import type { ReactNode, RefObject } from 'react'

/** From this many rows on, only those in sight are in the document. */
export const virtualFrom = 200

/** VirtualBody holds the rows in sight between two spacers, in a table that keeps its own layout. */
export function VirtualBody({
  count,
  scroller,
  span,
  rowHeight,
  children,
}: {
  /** How many rows there are. */
  count: number
  scroller: RefObject<HTMLDivElement | null>
  span: number
  rowHeight: number
  /** Draws the row at a place. */
  children: (place: number) => ReactNode
}) {
  // oxlint-disable-next-line react/incompatible-library -- nothing memoised is handed its functions
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 20,
  })
  const items = virtualizer.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    <tbody>
      {before > 0 && <Spacer height={before} span={span} />}
      {items.map(({ index }) => children(index))}
      {after > 0 && <Spacer height={after} span={span} />}
    </tbody>
  )
}

function Spacer({ height, span }: { height: number; span: number }) {
  return (
    <tr aria-hidden="true">
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- it is no control, only height */}
      <td colSpan={span} className="spacer" style={{ height }} />
    </tr>
  )
}
