import { Dialog as Radix } from 'radix-ui'
import { useRef, type ComponentProps, type ReactNode } from 'react'
import { cn } from './cn'
import { Standing, type Opening } from './opening'

// What dialog.tsx has fetched after the page.

export const DialogClose = Radix.Close
export const DialogTitle = Radix.Title
export const DialogDescription = Radix.Description

const scrim = 'fixed inset-0 z-40 animate-fade-in bg-scrim'

type ContentProps = ComponentProps<typeof Radix.Content> & { opening: Opening }

function Window({
  opening: { open, setOpen, trigger },
  children,
}: {
  opening: Opening
  children: ReactNode
}) {
  return (
    <Radix.Root open={open} onOpenChange={setOpen}>
      <Radix.Trigger asChild>
        <Standing button={trigger} />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Overlay className={scrim} />
        {children}
      </Radix.Portal>
    </Radix.Root>
  )
}

export function DialogContent({ opening, className, ...rest }: ContentProps) {
  return (
    <Window opening={opening}>
      <Radix.Content
        id={opening.contentId}
        className={cn(
          'fixed top-[20vh] left-1/2 z-40 w-[calc(100vw-32px)] max-w-110 -translate-x-1/2 rounded-xl bg-raised p-5 shadow-2 outline-none',
          className,
        )}
        {...rest}
      />
    </Window>
  )
}

const sides = {
  left: 'inset-y-0 left-0 w-[min(304px,calc(100vw-48px))] animate-from-left bg-rail',
  right: 'inset-y-0 right-0 w-[min(400px,100vw)] animate-from-right border-l bg-rail',
  bottom:
    'inset-x-0 bottom-0 top-12 animate-from-below rounded-t-[16px] bg-raised dark:[--line:var(--line-strong)]',
}

export function SheetContent({
  opening,
  side,
  className,
  children,
  ...rest
}: ContentProps & { side: keyof typeof sides }) {
  const opener = useRef<Element>(null)
  return (
    <Window opening={opening}>
      <Radix.Content
        id={opening.contentId}
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
    </Window>
  )
}
