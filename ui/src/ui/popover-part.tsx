import { Popover as Radix } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn'
import { Standing, type Opening } from './opening'

// What popover.tsx has fetched after the page.

export const PopoverClose = Radix.Close

export function PopoverContent({
  opening: { open, setOpen, trigger, contentId },
  className,
  ...rest
}: ComponentProps<typeof Radix.Content> & { opening: Opening }) {
  return (
    <Radix.Root open={open} onOpenChange={setOpen}>
      <Radix.Trigger asChild>
        <Standing button={trigger} />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          id={contentId}
          sideOffset={6}
          collisionPadding={8}
          className={cn(
            'scroll-thin z-50 max-h-(--radix-popover-content-available-height) max-w-[calc(100vw-16px)] animate-fade-in rounded-lg bg-raised p-1 shadow-2 outline-none',
            className,
          )}
          {...rest}
        />
      </Radix.Portal>
    </Radix.Root>
  )
}
