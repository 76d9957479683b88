import { Dialog as Radix } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn'
import { useFocusReturn } from './focus-return'
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

export function DialogContent({
  opening,
  size = 'small',
  className,
  ...rest
}: ContentProps & { size?: 'small' | 'wide' }) {
  return (
    <Window opening={opening}>
      <Radix.Content
        id={opening.contentId}
        className={cn(
          'fixed left-1/2 z-40 w-[calc(100vw-32px)] -translate-x-1/2 rounded-xl bg-raised shadow-2 outline-none',
          size === 'wide' ? 'top-[13vh] max-w-150 max-sm:top-4' : 'top-[20vh] max-w-110 p-5',
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
  return (
    <Window opening={opening}>
      <Radix.Content
        id={opening.contentId}
        {...useFocusReturn('itself')}
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
