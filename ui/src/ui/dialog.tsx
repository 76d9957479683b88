import { Dialog as Radix } from 'radix-ui'
import { useRef, type ComponentProps } from 'react'
import { cn } from './cn'

/**
 * Dialog, DialogTrigger, DialogClose, DialogTitle and DialogDescription are Radix's:
 * the focus is held inside, Escape and a press outside close, and the focus goes back.
 */
export const Dialog = Radix.Root
export const DialogTrigger = Radix.Trigger
export const DialogClose = Radix.Close
export const DialogTitle = Radix.Title
export const DialogDescription = Radix.Description

const scrim = 'fixed inset-0 z-40 animate-fade-in bg-scrim'

/** DialogContent is a small window in the upper half of the page. */
export function DialogContent({ className, ...rest }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Overlay className={scrim} />
      <Radix.Content
        className={cn(
          'fixed top-[20vh] left-1/2 z-40 w-[calc(100vw-32px)] max-w-110 -translate-x-1/2 rounded-xl bg-raised p-5 shadow-2 outline-none',
          className,
        )}
        {...rest}
      />
    </Radix.Portal>
  )
}

const sides = {
  left: 'inset-y-0 left-0 w-[min(304px,calc(100vw-48px))] animate-from-left bg-rail',
  right: 'inset-y-0 right-0 w-[min(400px,100vw)] animate-from-right border-l bg-rail',
  bottom:
    'inset-x-0 bottom-0 top-12 animate-from-below rounded-t-[16px] bg-raised dark:[--line:var(--line-strong)]',
}

/**
 * SheetContent slides in from an edge and holds the focus like any dialog. The focus
 * begins at the sheet itself, not at its first button, whose tooltip would open, and
 * goes back to where it was, unless it has gone elsewhere meanwhile.
 */
export function SheetContent({
  side,
  className,
  children,
  ...rest
}: ComponentProps<typeof Radix.Content> & { side: keyof typeof sides }) {
  const opener = useRef<Element>(null)
  return (
    <Radix.Portal>
      <Radix.Overlay className={scrim} />
      <Radix.Content
        onOpenAutoFocus={(event) => {
          event.preventDefault()
          opener.current = document.activeElement
          if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus()
        }}
        onCloseAutoFocus={(event) => {
          event.preventDefault()
          const free = document.activeElement === document.body
          if (free && opener.current instanceof HTMLElement) opener.current.focus()
        }}
        className={cn('fixed z-40 flex flex-col shadow-2 outline-none', sides[side], className)}
        {...rest}
      >
        {side === 'bottom' && (
          <i aria-hidden="true" className="mx-auto mt-2 h-1 w-9 flex-none rounded-full bg-line-strong" />
        )}
        {children}
      </Radix.Content>
    </Radix.Portal>
  )
}
