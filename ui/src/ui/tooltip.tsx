import { Slot } from 'radix-ui'
import {
  createContext,
  use,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ComponentProps,
  type ReactElement,
  type ReactNode,
} from 'react'
import { createPortal } from 'react-dom'
import { placeBeside, type Side } from './place'
import { newTips } from './tips'

// Not Radix's, which every button with an icon would bring into the first load with all that it places by.

const Tips = createContext(newTips())

/** TooltipProvider shares the timing of all tooltips; put it once around the page. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  const [tips] = useState(newTips)
  return <Tips value={tips}>{children}</Tips>
}

/**
 * Tooltip shows a few words beside its child, a single element, while the pointer rests on that or the
 * keyboard has brought the focus there. Escape, a press and scrolling put it away. It explains; nothing may
 * be said only here.
 */
export function Tooltip({
  label,
  side = 'bottom',
  children,
}: {
  label: string
  side?: Side
  children: ReactElement
}) {
  const tips = use(Tips)
  const [anchor, setAnchor] = useState<Element | null>(null)
  const over = useRef<Element>(null)
  const tip = useMemo(() => ({ show: () => setAnchor(over.current), hide: () => setAnchor(null) }), [])
  const drop = () => tips.drop(tip)
  useEffect(() => () => tips.drop(tip), [tips, tip])
  const handlers: Partial<ComponentProps<'button'>> = {
    onPointerEnter: (event) => {
      if (event.pointerType === 'touch') return
      over.current = event.currentTarget
      tips.hover(tip)
    },
    onPointerLeave: () => tips.leave(tip),
    onPointerDown: drop,
    onClick: drop,
    onFocus: (event) => {
      if (!event.currentTarget.matches(':focus-visible')) return
      over.current = event.currentTarget
      tips.focus(tip)
    },
    onBlur: drop,
  }
  return (
    <>
      <Slot.Root {...handlers}>{children}</Slot.Root>
      {anchor &&
        createPortal(
          <Words
            key={label}
            label={label}
            anchor={anchor}
            side={side}
            onStay={tips.stay}
            onLeave={() => tips.leave(tip)}
            onDismiss={drop}
          />,
          document.body,
        )}
    </>
  )
}

/** Words is the tooltip itself. It describes its anchor, unless the anchor's name says the same. */
function Words({
  label,
  anchor,
  side,
  onStay,
  onLeave,
  onDismiss,
}: {
  label: string
  anchor: Element
  side: Side
  onStay: () => void
  onLeave: () => void
  onDismiss: () => void
}) {
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const dismiss = useRef(onDismiss)
  useEffect(() => {
    dismiss.current = onDismiss
  })
  useLayoutEffect(() => {
    if (box.current === null) return
    const view = { width: innerWidth, height: innerHeight }
    const size = box.current.getBoundingClientRect()
    const { left, top } = placeBeside(anchor.getBoundingClientRect(), size, side, view)
    Object.assign(box.current.style, { left: `${left}px`, top: `${top}px` })
  }, [anchor, side])
  useLayoutEffect(() => {
    if (anchor.getAttribute('aria-label') === label || anchor.hasAttribute('aria-describedby')) return
    anchor.setAttribute('aria-describedby', id)
    return () => anchor.removeAttribute('aria-describedby')
  }, [anchor, id, label])
  useEffect(() => {
    const leaving = new AbortController()
    const { signal } = leaving
    const escape = (event: KeyboardEvent) => event.key === 'Escape' && dismiss.current()
    const scroll = (event: Event) =>
      event.target instanceof Node && event.target.contains(anchor) && dismiss.current()
    document.addEventListener('keydown', escape, { capture: true, signal })
    document.addEventListener('scroll', scroll, { capture: true, signal })
    window.addEventListener('resize', () => dismiss.current(), { signal })
    return () => leaving.abort()
  }, [anchor])
  return (
    <div
      ref={box}
      id={id}
      role="tooltip"
      onPointerEnter={onStay}
      onPointerLeave={onLeave}
      className="fixed top-0 left-0 z-50 max-w-72 animate-fade-in rounded-md bg-ink px-2 py-1 text-xs text-canvas shadow-1"
    >
      {label}
    </div>
  )
}
