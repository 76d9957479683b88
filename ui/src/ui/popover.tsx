import { Popover as Radix } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn'

/** Popover, PopoverTrigger and PopoverClose open a PopoverContent without a scrim. */
export const Popover = Radix.Root
export const PopoverTrigger = Radix.Trigger
export const PopoverClose = Radix.Close

/** PopoverContent is a raised panel beside its trigger. Give it an aria-label. */
export function PopoverContent({ className, ...rest }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        sideOffset={6}
        collisionPadding={8}
        className={cn(
          'scroll-thin z-50 max-h-(--radix-popover-content-available-height) max-w-[calc(100vw-16px)] animate-fade-in rounded-lg bg-raised p-1 shadow-2 outline-none',
          className,
        )}
        {...rest}
      />
    </Radix.Portal>
  )
}
